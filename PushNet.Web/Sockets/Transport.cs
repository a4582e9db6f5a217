using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace PushNet.Web.Sockets;

/// <summary>What an upgraded connection reads from and writes to.</summary>
/// <param name="Stream">The upgraded stream.</param>
/// <param name="SubProtocol">The sub-protocol that was agreed on.</param>
/// <param name="Socket">The TCP socket, where there is one.</param>
/// <param name="Output">The way past Kestrel's response path; null where the bytes must go through the stream.</param>
internal sealed record Transport(Stream Stream, string? SubProtocol, Socket? Socket, SocketOutput? Output)
{
    public static Transport Of(HttpContext context, Stream upgraded, string? subProtocol)
    {
        // In HTTP/2 a WebSocket is one stream of several on a socket, and its bytes go in frames of HTTP/2.
        var isAlone = HttpProtocol.IsHttp11(context.Request.Protocol);

        // Under TLS the bytes must be encrypted first, which happens between the stream and the output. The feature and
        // not the request's scheme, which a proxy in front may have changed.
        var isClear = context.Features.Get<ITlsHandshakeFeature>() is null;
        return new Transport(
            upgraded,
            subProtocol,
            isAlone ? context.Features.Get<IConnectionSocketFeature>()?.Socket : null,
            isAlone && isClear ? context.Features.Get<SocketOutput>() : null);
    }

    /// <summary>Writes bytes; completes when the transport took them.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => Output?.SendAsync(bytes) ?? Stream.WriteAsync(bytes, CancellationToken.None);
}
