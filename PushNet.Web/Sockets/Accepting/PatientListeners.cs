using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace PushNet.Web.Sockets.Accepting;

/// <summary>
/// Listens like Kestrel, but serves those who were accepted before first, and accepts no more than <see cref="AcceptLimit"/> allows. The
/// others wait in the kernel, where they cost next to nothing. Kestrel alone accepts all who wait, and in a storm of joins thousands of
/// half-open requests then leave twice the memory behind. When a file can't be opened, Kestrel tries again at once, over and over, until
/// the process dies of it.
/// </summary>
/// <param name="options">How sockets are bound and read.</param>
/// <param name="limitOf">The limit of an endpoint.</param>
/// <param name="logs">For the connections.</param>
internal sealed class PatientListeners(SocketTransportOptions options, Func<EndPoint, AcceptLimit> limitOf, ILoggerFactory logs)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint or UnixDomainSocketEndPoint or FileHandleEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = Bind(endpoint);
        socket.Listen(options.Backlog);
        var connections = new SocketConnectionContextFactory(Copy(options), logs.CreateLogger(typeof(SocketTransportFactory).Namespace!));
        return ValueTask.FromResult<IConnectionListener>(new PatientListener(socket, connections, options.NoDelay, limitOf(endpoint)));
    }

    private Socket Bind(EndPoint endpoint)
    {
        try
        {
            return options.CreateBoundListenSocket(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e);
        }
    }

    // Kestrel's own way from one to the other. Options that are filled in by hand lack its pools of memory, which give back what
    // nobody needs.
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SocketConnectionFactoryOptions Copy(SocketTransportOptions options);
}
