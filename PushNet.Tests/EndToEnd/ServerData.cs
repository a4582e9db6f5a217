using Microsoft.Data.Sqlite;
using PushNet.Web.Data;

namespace PushNet.Tests.EndToEnd;

/// <summary>A data directory for servers that follow each other.</summary>
internal sealed class ServerData : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>The full path.</summary>
    public string Name => _folder.Name;

    public string File(string name) => _folder.File(name);

    /// <summary>Starts a server on it, or on another one.</summary>
    public Task<PushServer> StartAsync(string? directory = null, params IEnumerable<(string Name, string Value)> settings) =>
        PushServer.StartAsync([("Data:Directory", directory ?? Name), .. settings]);

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
