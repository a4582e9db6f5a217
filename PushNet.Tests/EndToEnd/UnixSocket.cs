using System.Net.Sockets;

namespace PushNet.Tests.EndToEnd;

/// <summary>HTTP over a Unix socket.</summary>
internal static class UnixSocket
{
    /// <summary>A client of the server that listens at a path.</summary>
    public static HttpClient Client(string path) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
        Timeout = PushServer.Patience,
    };
}
