using System.Data.Common;
using Akka.Hosting;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using Microsoft.Data.Sqlite;

namespace PushNet.Web.Data;

/// <summary>Where the board is kept: two SQLite files in the data directory, or a PostgreSQL database.</summary>
/// <param name="Journal">How to reach the entries.</param>
/// <param name="Snapshots">How to reach the snapshots.</param>
/// <param name="Files">The files; null when it is a database.</param>
internal sealed record BoardStore(DataOptions Journal, DataOptions Snapshots, BoardFiles? Files) : IDisposable
{
    private const string JournalId = "akka.persistence.journal.sql";
    private const string SnapshotsId = "akka.persistence.snapshot-store.sql";

    // With FULL, a commit is on the disk when it returns; WAL alone would lose the last ones in a power failure. The timeout is for tools
    // that read the files, because waiting inside SQLite happens in small steps.
    private const string Pragmas = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA journal_size_limit = 16777216;";

    /// <summary>Opens a PostgreSQL database.</summary>
    /// <param name="connectionString">The setting.</param>
    /// <param name="held">Its lock. A server that lost it opens no connection, not even for the snapshot of its stop.</param>
    public static BoardStore OpenDatabase(string connectionString, DatabaseLock held)
    {
        var connection = DatabaseConnection.Of(connectionString).ToString();
        var fence = new DatabaseFence(connection, held);
        var postgres = new DataOptions()
            .UseConnectionString(ProviderName.PostgreSQL15, connection)
            .UseBeforeConnectionOpened(fence.Carry, (opening, _) =>
            {
                fence.Carry(opening);
                return Task.CompletedTask;
            })
            .UseAfterConnectionOpened(fence.Attach, (opened, _) =>
            {
                fence.Attach(opened);
                return Task.CompletedTask;
            });
        return new BoardStore(postgres, postgres, null);
    }

    /// <summary>Opens the files of a directory, and checks them.</summary>
    /// <exception cref="IOException">The files can't be used.</exception>
    public static BoardStore OpenFiles(DataDirectory data, DateTimeOffset now)
    {
        var files = BoardFiles.Open(data, now);
        return new BoardStore(Sqlite(files, BoardTable.Journal), Sqlite(files, BoardTable.Snapshots), files);
    }

    /// <summary>Tells Akka.Persistence where the board is kept.</summary>
    public void AddTo(AkkaConfigurationBuilder akka)
    {
        var options = new MultiDataOptionsSetup();
        options.AddDataOptions(JournalId, Journal);
        options.AddDataOptions(SnapshotsId, Snapshots);
        akka.AddSetup(options);
        akka.AddHocon(
            $"akka.persistence {{ journal.plugin = \"{JournalId}\", snapshot-store.plugin = \"{SnapshotsId}\" }}", HoconAddMode.Prepend);

        // The provider must be named here too; otherwise the tables get no indexes.
        akka.AddHocon($"{JournalId}.provider-name = \"{Journal.ConnectionOptions.ProviderName}\"", HoconAddMode.Prepend);
        akka.AddHocon($"{SnapshotsId}.provider-name = \"{Snapshots.ConnectionOptions.ProviderName}\"", HoconAddMode.Prepend);
        akka.AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append);
    }

    // Pooled connections would keep the files open. When the last one is closed, SQLite moves the WAL into the file and removes it.
    public void Dispose()
    {
        foreach (var options in new[]
        {
            Journal, Snapshots,
        }.Where(options => options.ConnectionOptions.ProviderName == ProviderName.SQLiteMS))
        {
            using var connection = new SqliteConnection(options.ConnectionOptions.ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        Files?.Dispose();
    }

    private static DataOptions Sqlite(BoardFiles files, BoardTable table) => new DataOptions()
        .UseConnectionString(ProviderName.SQLiteMS, files.ConnectionString(table))
        .UseBeforeConnectionOpened(_ => files.RequireInPlace(), (_, _) =>
        {
            files.RequireInPlace();
            return Task.CompletedTask;
        })
        .UseAfterConnectionOpened(Prepare, (connection, _) =>
        {
            Prepare(connection);
            return Task.CompletedTask;
        });

    private static void Prepare(DbConnection connection) => SqliteCommands.Execute((SqliteConnection)connection, Pragmas);
}
