using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PushNet.Actors.Journal;
using PushNet.Actors.State;
using PushNet.Actors.Wire;
using PushNet.Web.Data;
using PushNet.Web.Settings;

namespace PushNet.Tests.EndToEnd.Fence;

/// <summary>What of a server keeps a board in a database: the lock, and the actor that owns the board with its journal.</summary>
internal sealed class DatabaseOwner : IAsyncDisposable
{
    private readonly DatabaseLock _lock;
    private readonly IHost _host;
    private readonly IActorRef _board;

    private DatabaseOwner(DatabaseLock held, IHost host, IActorRef board) => (_lock, _host, _board) = (held, host, board);

    /// <summary>True once it has found out that another one owns the database.</summary>
    public bool IsLost => _lock.Ownership.IsLost;

    /// <summary>Ends the session of whoever has the lock, as a network may, takes it, and reads the board back.</summary>
    public static async Task<DatabaseOwner> TakeAsync(PostgresServer postgres)
    {
        var held = await LockAsync(postgres);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<PublishedBoard>();
        builder.Services.AddSingleton<FrameEncoder>();
        builder.Services.AddAkka("owner", akka =>
        {
            akka.AddHocon(HoconFiles.Load(), HoconAddMode.Prepend);
            akka.AddHocon("akka { loglevel = OFF, stdout-loglevel = OFF }", HoconAddMode.Prepend);
            akka.WithGameState(Given.Limits, HoldSettings.None, new JournalSettings
            {
                MinBackOff = TimeSpan.FromMilliseconds(20),
                MaxBackOff = TimeSpan.FromMilliseconds(40),
                SnapshotInterval = 5,
                Ownership = held.Ownership,
            });
            BoardStore.OpenDatabase(postgres.ConnectionString, held).AddTo(akka);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new DatabaseOwner(held, host, host.Services.GetRequiredService<ActorRegistry>().Get<GameStateActor>());
    }

    /// <summary>Says that it is alive, and takes the lock again if that is free.</summary>
    public Task RenewAsync() => Task.Run(_lock.Renew);

    /// <summary>Has a game's score written.</summary>
    /// <returns>True when that was acknowledged.</returns>
    public async Task<bool> WriteAsync(string game, int score)
    {
        try
        {
            var seen = Given.Seen(Given.Game(game, scores: Given.Scores(home: score)));
            return (await _board.Ask<LinesReceipt>(Given.Group(seen), PushServer.Patience)).Counts.Applied == 1;
        }
        catch (BoardUnavailableException)
        {
            return false;
        }
    }

    /// <summary>A game's score on the board; null when the game is not there.</summary>
    public async Task<int?> ReadAsync(string game)
    {
        await _board.Ask<BoardStatus>(new GetBoardStatus(), PushServer.Patience);
        return (await _board.Ask<GameInspected>(new InspectGame(game), PushServer.Patience)).Game?.Game.Scores?.ScoreHome;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _lock.Dispose();
    }

    // Whoever had it may take it again first.
    private static async Task<DatabaseLock> LockAsync(PostgresServer postgres)
    {
        while (true)
        {
            await postgres.EndHolderAsync();
            try
            {
                return await Task.Run(() => DatabaseLock.Acquire(postgres.ConnectionString, installation: null));
            }
            catch (IOException e) when (e.InnerException is null)
            {
                // It did.
            }
        }
    }
}
