using System.Buffers;
using System.Net.WebSockets;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Web.Sockets;

/// <summary>
/// How pre-framed bytes get to the client: all in one write, through the <see cref="FrameGate"/>, or through .NET's WebSocket.
/// </summary>
internal interface IFrameWriter
{
    /// <summary>Writes whole frames, one write at a time.</summary>
    ValueTask WriteFramesAsync(ReadOnlyMemory<byte> frames);

    /// <summary>Writes one frame that stands in several blocks of memory; nothing else comes in between.</summary>
    ValueTask WriteFrameAsync(ReadOnlySequence<byte> frame);

    /// <summary>Puts a batch into a round of writes: see <see cref="ISubscriberSocket.TryPut"/>.</summary>
    bool TryPut(FrameBlock block, WriteRound round) => false;
}

/// <summary>
/// One <see cref="WebSocket.SendAsync(ReadOnlyMemory{byte}, WebSocketMessageType, bool, CancellationToken)"/> per frame. The gate must
/// have the same effect.
/// </summary>
internal sealed class WebSocketWriter(WebSocket webSocket) : IFrameWriter
{
    public ValueTask WriteFrameAsync(ReadOnlySequence<byte> frame) =>
        WriteFramesAsync(frame.IsSingleSegment ? frame.First : frame.ToArray());

    public async ValueTask WriteFramesAsync(ReadOnlyMemory<byte> frames)
    {
        while (!frames.IsEmpty && webSocket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            var (offset, length) = WebSocketFrame.PayloadOf(frames.Span);
            await webSocket.SendAsync(frames.Slice(offset, length), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            frames = frames[(offset + length)..];
        }
    }
}
