using System.Collections.Concurrent;
using PushNet.Web.Security.Keys;

namespace PushNet.Web.Sockets;

/// <summary>The connections that are open, for the sweep and for stopping.</summary>
internal sealed class SocketRegistry : IKeyHolders
{
    private readonly ConcurrentDictionary<long, PushSocket> _sockets = new();

    public int Count => _sockets.Count;

    /// <summary>Walks the connections; others may come and go meanwhile.</summary>
    public IEnumerable<PushSocket> Sockets => _sockets.Select(pair => pair.Value);

    IEnumerable<IKeyHolder> IKeyHolders.Holders => Sockets;

    /// <summary>The connection of a <c>conn_id</c>; null when it is not open.</summary>
    public PushSocket? Find(long connectionId) => _sockets.GetValueOrDefault(connectionId);

    public void Add(PushSocket socket) => _sockets[socket.ConnectionId] = socket;

    public void Remove(PushSocket socket) => _sockets.TryRemove(socket.ConnectionId, out _);
}
