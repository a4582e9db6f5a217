using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace PushNet.Web.Sockets;

/// <summary>
/// Listens like Kestrel, but lets those in first who were accepted before: in a storm of joins the others wait in the kernel, where they
/// cost next to nothing. Kestrel alone accepts all that wait, and thousands of half-open requests then leave twice the memory behind.
/// </summary>
/// <param name="sockets">Kestrel's own.</param>
internal sealed class PatientListeners(SocketTransportFactory sockets) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await sockets.BindAsync(endpoint, cancellationToken));

    private sealed class Listener(IConnectionListener inner) : IConnectionListener
    {
        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            // To the end of the thread pool's queue, behind all that is to be done for those who are in.
            await Task.Yield();
            return await inner.AcceptAsync(cancellationToken);
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => inner.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
