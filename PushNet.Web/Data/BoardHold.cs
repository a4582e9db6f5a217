using PushNet.Actors.Clock;
using PushNet.Actors.Journal;
using PushNet.Actors.Log;
using PushNet.Web.Settings;

namespace PushNet.Web.Data;

/// <summary>What this process has open as long as the host lives: where the board is kept, and what keeps other servers off it.</summary>
internal sealed class BoardHold : IDisposable
{
    private readonly BoardOwnership _ofFiles = new();
    private DirectoryLock? _directory;
    private DatabaseLock? _database;

    private BoardHold()
    {
    }

    /// <summary>The full path of the data directory; null when there is none.</summary>
    public string? Directory { get; private init; }

    /// <summary>The log that keeps the board, which other servers share; null when it is kept elsewhere.</summary>
    public LogKeeping? Log { get; private set; }

    /// <summary>Where the board is kept; null when it is not, or in a log.</summary>
    public BoardStore? Store { get; private set; }

    /// <summary>Whether this server may still write the board. Where it is kept in files, nobody takes it away.</summary>
    public BoardOwnership Ownership => _database?.Ownership ?? _ofFiles;

    /// <summary>True while another server has the database, and this one waits for it.</summary>
    public bool IsStandingBy => _database is { Epoch: null };

    /// <summary>How it is kept; null when it is not.</summary>
    public JournalSettings? Journal => Store is null ? null : new JournalSettings
    {
        TellsReasons = Store.Files is not null,
        IsIncomplete = Store.Files?.IsIncomplete ?? false,
        Ownership = Ownership,
    };

    /// <summary>Takes the locks, and looks over what is kept.</summary>
    /// <param name="options">Where the board is kept.</param>
    /// <param name="data">The data directory; null when there is none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="server">The name of this server for others that share a log, when it is given none.</param>
    /// <exception cref="IOException">The directory, its files, the database or the log can't be used.</exception>
    public static BoardHold Acquire(DataOptions options, DataDirectory? data, TimeProvider time, string server = "")
    {
        var hold = new BoardHold { Directory = data?.FullPath };
        try
        {
            hold._directory = data is null ? null : DirectoryLock.Acquire(data);
            if (options.Nats.Length > 0)
            {
                hold.Log = SharedLog.Open(options, server);
            }
            else if (options.Postgres is { Length: > 0 } postgres)
            {
                hold._database = DatabaseLock.Acquire(postgres, data is null ? null : Installation.IdOf(data), options.Standby);
                hold.Store = BoardStore.OpenDatabase(postgres, hold._database);
            }
            else
            {
                hold.Store = data is null ? null : BoardStore.OpenFiles(data, Moment.Now(time).WallClock);
            }

            return hold;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>For a server that stands by: takes the database if it is free now. Blocks while it asks.</summary>
    /// <returns>True when this server has it.</returns>
    public bool TryTake() => _database!.TryTake();

    /// <summary>
    /// Makes it a service that holds up the start until the board is read back. Call it after the actors were added, so that it is
    /// disposed of after them.
    /// </summary>
    public void AddTo(IServiceCollection services)
    {
        // The host disposes of it only because it comes from a factory and BoardStart asks for it.
        services.AddSingleton(_ => this);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<BoardLosses>(provider, Store?.Files?.Losses ?? []));
        if (_database is { } database)
        {
            // This comes before the board is read back, which may take a while, because the server is alive meanwhile.
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<DatabaseWatch>(provider, database));
        }

        if (Log is { } log)
        {
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<LogWatch>(provider, log));
        }

        services.AddHostedService<BoardStart>();
        if (Store?.Files is { } files)
        {
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<FilesWatch>(provider, files));
        }
    }

    public void Dispose()
    {
        Log?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Store?.Dispose();
        _database?.Dispose();
        _directory?.Dispose();
    }
}
