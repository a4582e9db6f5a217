using System.Net.WebSockets;
using PushNet.Actors.Wire;

namespace PushNet.Web.Sockets;

/// <summary>How pre-framed bytes get to the client.</summary>
internal interface IFrameWriter
{
    /// <summary>Writes whole frames, one write at a time.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> frames);

    /// <summary>Puts a batch into the round of writes that this thread is in; false: there is none.</summary>
    bool TryPut(FrameBatch batch) => false;
}

/// <summary>All frames in one write of the stream.</summary>
internal sealed class GateWriter(FrameGate gate) : IFrameWriter
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> frames) => gate.WriteFramesAsync(frames);

    public bool TryPut(FrameBatch batch) => gate.TryPut(batch);
}

/// <summary>One <see cref="WebSocket.SendAsync(ReadOnlyMemory{byte}, WebSocketMessageType, bool, CancellationToken)"/> per frame: what the gate must be equal to.</summary>
internal sealed class WebSocketWriter(WebSocket webSocket) : IFrameWriter
{
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> frames)
    {
        while (!frames.IsEmpty && webSocket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            var (offset, length) = WebSocketFrame.PayloadOf(frames.Span);
            await webSocket.SendAsync(frames.Slice(offset, length), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            frames = frames[(offset + length)..];
        }
    }
}
