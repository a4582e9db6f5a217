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
    public static Transport Of(HttpContext context, Stream upgraded, string? subProtocol) => new(
        upgraded,
        subProtocol,
        context.Features.Get<IConnectionSocketFeature>()?.Socket,

        // Under TLS the bytes must be encrypted first, which happens between the stream and the output.
        context.Request.IsHttps ? null : context.Features.Get<SocketOutput>());

    /// <summary>Writes bytes; completes when the transport took them.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => Output?.SendAsync(bytes) ?? Stream.WriteAsync(bytes, CancellationToken.None);
}
