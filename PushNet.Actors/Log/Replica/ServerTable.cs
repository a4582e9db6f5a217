using PushNet.Actors.Journal;
using PushNet.Actors.Log.Entries;

namespace PushNet.Actors.Log.Replica;

/// <summary>
/// The servers that follow the log, and how many connections each may have when they have a cap together. All servers read the same
/// table, so the sum is never above the cap. Pure; not thread-safe.
/// </summary>
internal sealed class ServerTable
{
    /// <summary>A server that is silent for so long is gone, in milliseconds of log time.</summary>
    public const long Gone = 45 * 1000;

    private readonly SortedDictionary<string, KnownServer> _servers = new(StringComparer.Ordinal);

    /// <summary>All of them, by name.</summary>
    public IEnumerable<KnownServer> All => _servers.Values.Where(server => !server.HasLeft);

    /// <summary>The one that does what one of them must do: the lowest name. Null when there is none.</summary>
    public string? First => All.FirstOrDefault()?.Server.Name;

    /// <summary>A server; null when it is not known.</summary>
    public KnownServer? Find(string name) => All.FirstOrDefault(known => known.Server.Name == name);

    /// <summary>A server says that it is there.</summary>
    /// <param name="entry">What it says.</param>
    /// <param name="sequence">The message that says it.</param>
    /// <param name="time">Log time.</param>
    /// <param name="maxConnections">What all servers may have together; 0 for no cap.</param>
    public void Hear(ServerEntry entry, long sequence, long time, int maxConnections)
    {
        var (server, known) = (entry.Server, _servers.GetValueOrDefault(entry.Server.Name));
        var isSame = known?.Session == entry.Session;
        if (isSame && server.Report <= known!.Server.Report)
        {
            // It was sent before what is known, and a broken connection kept it. What it asks for is not what the server has now.
            return;
        }

        _servers[server.Name] = new KnownServer(
            server,
            entry.Session,
            isSame ? known!.Since : time,
            time,
            Math.Max(0, sequence - 1 - server.Sequence),
            (int)Math.Clamp(RoomFor(server.Name, maxConnections), 0, Math.Max(0, server.SlotsWanted)));
    }

    /// <summary>What others leave to a server. Below 0 when they have more than the cap, which was lowered.</summary>
    /// <param name="name">The server.</param>
    /// <param name="maxConnections">What all servers may have together; 0 for no cap.</param>
    public long RoomFor(string name, int maxConnections) => maxConnections - _servers.Values
        .Where(other => other.Server.Name != name)
        .Sum(other => (long)Math.Max(other.Slots, other.Server.Connections));

    /// <summary>A server has stopped.</summary>
    public void Leave(LeaveEntry entry)
    {
        if (_servers.TryGetValue(entry.Name, out var known) && known.Session == entry.Session)
        {
            _servers[entry.Name] = known with { HasLeft = true };
        }
    }

    /// <summary>Lets those go that are silent for too long.</summary>
    public void Forget(long time)
    {
        foreach (var name in _servers.Where(one => time - one.Value.HeardAt >= Gone).Select(one => one.Key).ToList())
        {
            _servers.Remove(name);
        }
    }

    /// <summary>Writes all of them.</summary>
    public void Write(BinaryWriter to) => to.WriteAll(_servers.Values, static (to, known) =>
    {
        LogEntryCodec.Write(to, known.Server);
        to.Write(known.Session);
        to.Write(known.Since);
        to.Write(known.HeardAt);
        to.Write(known.Behind);
        to.Write(known.Slots);
        to.Write(known.HasLeft);
    });

    /// <summary>Reads them back.</summary>
    public static ServerTable Read(FormatReader from)
    {
        var table = new ServerTable();
        foreach (var known in from.ReadAll(static from => new KnownServer(
            LogEntryCodec.ReadServer(from), from.ReadUInt64(), from.ReadInt64(), from.ReadInt64(), from.ReadInt64(), from.ReadInt32())
        {
            HasLeft = from.ReadBoolean(),
        }))
        {
            table._servers.Add(known.Server.Name, known);
        }

        return table;
    }
}
