namespace PushNet.Bench.Servers;

/// <summary>A PostgreSQL server with a database of its own and Debian's settings, which can only be reached through a socket.</summary>
internal sealed class PostgresDatabase : IStore
{
    private const string Versions = "/usr/lib/postgresql";

    // PostgreSQL refuses to run as root.
    private const string Start = """
        [ "$(id -u)" != 0 ] || { chown postgres "$1" && as="setpriv --reuid=postgres --regid=postgres --clear-groups"; }
        $as "$0/initdb" -D "$1/data" -U pushnet -A trust --no-sync >/dev/null &&
        exec $as "$0/postgres" -D "$1/data" -k "$1" -c listen_addresses=''
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pushnet-bench-");
    private readonly Daemon _server;

    private PostgresDatabase(string programs) => _server = new Daemon("postgresql", "sh", "-c", Start, programs, _folder.FullName);

    /// <inheritdoc />
    public (string Name, string Value) Setting =>
        ("PushNet__Data__Postgres", $"Host={_folder.FullName};Database=postgres;Username=pushnet");

    /// <inheritdoc />
    public CpuTime Cpu => _server.Cpu;

    private bool IsReady => new FileInfo(Path.Combine(_folder.FullName, "data", "postmaster.pid")) is { Exists: true } state
        && File.ReadAllText(state.FullName).Contains("ready", StringComparison.Ordinal);

    public static async Task<PostgresDatabase> StartAsync()
    {
        var newest = (Directory.Exists(Versions) ? Directory.GetDirectories(Versions).Max() : null)
            ?? throw new InvalidOperationException($"There is no PostgreSQL in {Versions}. Install the package postgresql.");
        var database = new PostgresDatabase(Path.Combine(newest, "bin"));
        try
        {
            await database._server.UntilAsync(() => database.IsReady);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Delete(recursive: true);
    }
}
