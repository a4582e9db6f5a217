using PushNet.Actors.Journal;

namespace PushNet.Actors.Log;

/// <summary>The servers that follow the log. Pure; not thread-safe.</summary>
internal sealed class ServerTable
{
    /// <summary>A server that is silent for so long is gone, in milliseconds of log time.</summary>
    public const long Gone = 45 * 1000;

    private readonly SortedDictionary<string, Entry> _servers = new(StringComparer.Ordinal);

    /// <summary>All of them, by name.</summary>
    public IEnumerable<LogServer> All => _servers.Values.Select(entry => entry.Server);

    /// <summary>The one that does what one of them must do: the lowest name. Null when there is none.</summary>
    public string? First => _servers.Keys.FirstOrDefault();

    /// <summary>A server is there.</summary>
    public void Hear(LogServer server, long time) => _servers[server.Name] = new Entry(server, time);

    /// <summary>A server has stopped.</summary>
    public void Leave(string name) => _servers.Remove(name);

    /// <summary>Lets those go that are silent for too long.</summary>
    public void Forget(long time)
    {
        foreach (var name in _servers.Where(one => time - one.Value.HeardAt >= Gone).Select(one => one.Key).ToList())
        {
            _servers.Remove(name);
        }
    }

    /// <summary>Writes all of them.</summary>
    public void Write(BinaryWriter to) => to.WriteAll(_servers.Values, static (to, entry) =>
    {
        LogEntryCodec.Write(to, entry.Server);
        to.Write(entry.HeardAt);
    });

    /// <summary>Reads them back.</summary>
    public static ServerTable Read(FormatReader from)
    {
        var table = new ServerTable();
        foreach (var entry in from.ReadAll(static from => new Entry(LogEntryCodec.ReadServer(from), from.ReadInt64())))
        {
            table._servers.Add(entry.Server.Name, entry);
        }

        return table;
    }

    private sealed record Entry(LogServer Server, long HeardAt);
}
