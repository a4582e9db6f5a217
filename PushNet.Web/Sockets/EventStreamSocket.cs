using System.Buffers;
using Akka.Actor;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Web.Sockets;

/// <summary>
/// A client's event stream on the server. It has nothing to say, and leaves by ending the connection. A dead one is noticed when its
/// socket takes nothing.
/// </summary>
internal sealed class EventStreamSocket : PushSocket
{
    private static readonly TimeSpan CommentInterval = TimeSpan.FromSeconds(15);

    private readonly Transport _transport;

    public EventStreamSocket(SocketSetup setup)
        : base(setup, CommentInterval) => _transport = setup.Transport;

    public override PushProtocol Protocol => PushProtocol.Events;

    public override bool SharesCompression => false;

    // Where Kestrel writes the body, nothing can be put past it.
    public override bool TryPut(FrameBlock block, WriteRound round) =>
        !IsClosing && block is FrameBatch batch && Gate.TryPut(batch.AsEvents, round);

    public override async Task ListenAsync(IActorRef subscriber, CancellationToken aborted)
    {
        await _transport.DiscardInput();
        Because(EndCause.Client);
    }

    protected override ValueTask WriteFramesAsync(ReadOnlyMemory<byte> frames) =>
        frames.IsEmpty ? ValueTask.CompletedTask : Gate.WriteFramesAsync(FormOf(EventStream.Of(frames.Span)));

    protected override ValueTask WriteFrameAsync(ReadOnlySequence<byte> frame) =>
        Gate.WriteFrameAsync(EventStream.Of(frame, _transport.HasConnection));

    protected override ValueTask WriteBlockAsync(FrameBlock block)
    {
        var events = ((FrameBatch)block).AsEvents;
        return Gate.WriteFramesAsync(_transport.HasConnection ? events.Bytes : events.Events);
    }

    protected override Task BeatAsync(PeerLife life) => Gate.WriteFramesAsync(FormOf(EventStream.Comment)).AsTask();

    protected override async Task SendCloseAsync(int code, string? reason)
    {
        var closed = EventStream.Closed(code, reason ?? "");
        await Gate.CloseAsync(_transport.HasConnection ? (byte[])[.. closed.Chunk.Span, .. EventBytes.LastChunk.Span] : closed.Events);

        // The client has nothing to answer.
        StopReading();
    }

    private ReadOnlyMemory<byte> FormOf(EventBytes events) => _transport.HasConnection ? events.Chunk : events.Events;
}
