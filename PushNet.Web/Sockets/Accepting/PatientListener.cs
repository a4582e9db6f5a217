using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace PushNet.Web.Sockets.Accepting;

/// <summary>One address that the server listens on.</summary>
/// <param name="socket">The socket, which listens already.</param>
/// <param name="connections">Makes connections of what it accepts.</param>
/// <param name="noDelay">Whether small packets are sent at once, over TCP.</param>
/// <param name="limit">How many connections may be open.</param>
internal sealed class PatientListener(Socket socket, SocketConnectionContextFactory connections, bool noDelay, AcceptLimit limit)
    : IConnectionListener
{
    private readonly CancellationTokenSource _unbound = new();

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        // Goes to the end of the thread pool's queue, behind everything that is to be done for those who are in already.
        await Task.Yield();
        try
        {
            var newcomer = await NextAsync(_unbound.Token);
            try
            {
                await limit.EnterAsync(_unbound.Token);
            }
            catch
            {
                newcomer.Dispose();
                throw;
            }

            return new AcceptedConnection(connections.Create(newcomer), limit);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        connections.Dispose();
        _unbound.Dispose();
    }

    private async ValueTask<Socket> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var newcomer = await socket.AcceptAsync(cancellation);
                if (EndPoint is IPEndPoint)
                {
                    newcomer.NoDelay = noDelay;
                }

                return newcomer;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.OperationAborted)
            {
                throw new OperationCanceledException(e.Message, e);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // It was gone before it was accepted.
            }
            catch (SocketException e)
            {
                await limit.FailedAsync(e, cancellation);
            }
        }
    }
}
