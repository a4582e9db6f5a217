using System.Net.WebSockets;
using Akka.Actor;
using PushNet.Tests.EndToEnd;
using PushNet.Tests.Fuzz;
using PushNet.Web.Security;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

public sealed class ClientReaderTests
{
    private const int Megabytes = 1024 * 1024;

    private static readonly SocketOptions Options = new() { Writer = "gate", CloseTimeout = PushServer.Patience };
    private static readonly KeepAliveOptions KeepAlive = new() { Interval = TimeSpan.FromHours(1), Timeout = TimeSpan.FromHours(1) };

    [Fact]
    public async Task A_connection_that_is_closing_reads_on_for_the_clients_close_frame() =>
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await CloseStatusBehind(new byte[4096]));

    [Fact]
    public async Task A_connection_that_is_closing_inflates_no_bomb() => Assert.Null(await CloseStatusBehind(new byte[16 * Megabytes]));

    /// <summary>What the reader learned of the client's close frame.</summary>
    /// <param name="message">What the client sends between the server's close frame and its own, compressed.</param>
    private static async Task<WebSocketCloseStatus?> CloseStatusBehind(byte[] message)
    {
        byte[] sent =
        [
            .. RawClient.Frame(0x82, []), .. RawClient.Frame(0xC1, RawClient.Deflate(message)),
            .. RawClient.Frame(0x88, RawClient.ClosePayload((int)WebSocketCloseStatus.EndpointUnavailable)),
        ];
        var stream = new ScriptedStream(sent, new Random(1));
        var transport = new Transport(stream, null, null, bytes => stream.WriteAsync(bytes), new NoEnd(), CancellationToken.None)
        {
            SharesCompression = true,
        };
        var secret = new HashedSecret([], null, new ApiKey(null, "reader", [KeyScope.Live], default));
        var socket = new MessageSocket(
            new SocketSetup(1, transport, secret, KeyScope.Live, null, Options, KeepAlive, TimeProvider.System));

        var reader = new ClientReader(socket, ActorRefs.Nobody, TimeProvider.System);
        await reader.RunAsync(CancellationToken.None).WaitAsync(PushServer.Patience);

        Assert.Equal(0x88, stream.Written[0]);
        return socket.WebSocket.CloseStatus;
    }
}
