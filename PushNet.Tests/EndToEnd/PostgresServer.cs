using System.Diagnostics;
using Npgsql;
using PushNet.Web.Data;

namespace PushNet.Tests.EndToEnd;

/// <summary>A PostgreSQL server with its own cluster, which can only be reached through a socket in its folder.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>There when Debian's package is installed.</summary>
    public const string Package = "/usr/share/doc/postgresql/copyright";

    private static readonly string Holder =
        $"SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = {BoardFile.ApplicationId}";

    private readonly TempFolder _folder = new();

    private PostgresServer()
    {
    }

    /// <summary>The socket that leads to it.</summary>
    public string Socket => _folder.File(".s.PGSQL.5432");

    /// <summary>How to connect.</summary>
    public string ConnectionString => $"Host={_folder.Name};Database=postgres;Username=pushnet";

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            await RunAsync("chown", "postgres", server._folder.Name);
        }

        await server.ToolAsync("initdb", "-D", server._folder.File("data"), "-U", "pushnet", "-A", "trust", "--no-sync");
        await server.StartAgainAsync();
        return server;
    }

    public Task StartAgainAsync() => ToolAsync(
        "pg_ctl", "start", "-w", "-D", _folder.File("data"), "-l", _folder.File(
            "log"), "-o", $"-k {_folder.Name} -c listen_addresses='' -c fsync=off");

    public Task StopAsync() => ToolAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", _folder.File("data"));

    /// <summary>How many servers hold the lock of the board.</summary>
    public async Task<long> LocksAsync() => (long)(await ScalarAsync("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))!;

    /// <summary>The process of the session that holds the lock of the board; null when none does.</summary>
    public async Task<int?> HolderAsync() => (int?)await ScalarAsync(Holder);

    /// <summary>Ends the session that holds the lock of the board, if there is one.</summary>
    public Task EndHolderAsync() => ScalarAsync($"SELECT count(pg_terminate_backend(pid)) FROM ({Holder}) AS holder");

    /// <summary>Ends all sessions but that one.</summary>
    public Task EndAllButHolderAsync() => ScalarAsync($"""
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND pid NOT IN ({Holder})
        """);

    /// <summary>Runs a statement as somebody else would.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Opens a session of its own.</summary>
    /// <param name="options">Options of the session, for instance <c>-c pushnet.epoch=1</c>.</param>
    public async Task<NpgsqlConnection> ConnectAsync(string options = "")
    {
        var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false;Options={options}");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private Task ToolAsync(string tool, params string[] arguments)
    {
        var path = Path.Combine(Directory.GetDirectories("/usr/lib/postgresql").Max()!, "bin", tool);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]))!;
        await process.WaitForExitAsync().WaitAsync(PushServer.Patience);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed");
    }
}
