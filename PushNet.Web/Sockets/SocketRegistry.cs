using System.Collections.Concurrent;

namespace PushNet.Web.Sockets;

/// <summary>The connections that are open, for the sweep and for stopping.</summary>
internal sealed class SocketRegistry
{
    private readonly ConcurrentDictionary<long, PushSocket> _sockets = new();

    public int Count => _sockets.Count;

    /// <summary>Walks the connections; others may come and go meanwhile.</summary>
    public IEnumerable<PushSocket> Sockets => _sockets.Select(pair => pair.Value);

    public void Add(PushSocket socket) => _sockets[socket.ConnectionId] = socket;

    public void Remove(PushSocket socket) => _sockets.TryRemove(socket.ConnectionId, out _);
}
