using Microsoft.Data.Sqlite;
using PushNet.Web.Data;

namespace PushNet.Tests.EndToEnd;

/// <summary>A data directory for servers that use it one after the other.</summary>
internal sealed class ServerData : IDisposable
{
    // What belongs to a running server and identifies it is not copied.
    private static readonly string[] OfOneServer = ["server.lock", "server.pid"];

    private readonly TempFolder _folder = new();

    /// <summary>The full path.</summary>
    public string Name => _folder.Name;

    public string File(string name) => _folder.File(name);

    /// <summary>Starts a server on it, or on another one.</summary>
    public Task<PushServer> StartAsync(string? directory = null, params IEnumerable<(string Name, string Value)> settings) =>
        PushServer.StartAsync([("Data:Directory", directory ?? Name), .. settings]);

    /// <summary>Copies what is on the disk now, which is what a server that is killed at this moment leaves.</summary>
    public ServerData Copy()
    {
        var copy = new ServerData();
        foreach (var file in Directory.EnumerateFiles(Name)
            .Where(file => !OfOneServer.Contains(Path.GetFileName(file)) && !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            System.IO.File.Copy(file, copy.File(Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>Opens one of its databases as a tool would.</summary>
    public SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={File(file)};Pooling=false");
        connection.Open();
        return connection;
    }

    /// <summary>Runs a statement in one of its databases.</summary>
    public void Execute(string file, string sql)
    {
        using var connection = Open(file);
        SqliteCommands.Execute(connection, sql);
    }

    public void Dispose() => _folder.Dispose();
}
