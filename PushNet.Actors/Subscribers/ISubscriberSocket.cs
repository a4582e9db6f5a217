using System.Buffers;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Subscribers;

/// <summary>A client's socket as its subscriber sees it. Once the connection is closing, writes do nothing.</summary>
public interface ISubscriberSocket : ISnapshotHolder
{
    /// <summary>
    /// True when the client negotiated permessage-deflate with a context that it keeps, so that it can read the compressed frames of
    /// its group. Never changes.
    /// </summary>
    bool SharesCompression => false;

    /// <summary>Writes whole frames. Completes when the socket took them, which is usually at once. Only one write at a time.</summary>
    /// <param name="frames">One or more frames made by <see cref="WebSocketFrame"/>.</param>
    ValueTask WriteAsync(ReadOnlyMemory<byte> frames);

    /// <summary>Writes a batch, in the form that the client takes.</summary>
    /// <param name="block">The form of the batch that the subscriber chose.</param>
    ValueTask WriteAsync(FrameBlock block) => WriteAsync(block.Bytes);

    /// <summary>Writes one frame that stands in several blocks of memory; nothing else comes in between.</summary>
    /// <param name="frame">A frame made by <see cref="FrameEncoder"/>.</param>
    ValueTask WriteAsync(ReadOnlySequence<byte> frame);

    /// <summary>
    /// Puts a batch into a round of writes. The batch's progress is released when the socket took the batch or can't take it. A write that
    /// comes later waits for it.
    /// </summary>
    /// <param name="block">A form of the batch.</param>
    /// <param name="round">The round of this thread.</param>
    /// <returns>False when nothing was put: the socket takes no part in rounds, or an earlier write is under way.</returns>
    bool TryPut(FrameBlock block, WriteRound round) => false;

    /// <summary>Starts the closing handshake behind what is being written, and never waits. Another call does nothing.</summary>
    /// <param name="code">The close code (RFC 6455 section 7.4).</param>
    /// <param name="reason">For the people at the other end; at most 123 bytes.</param>
    void Close(int code, string reason);

    /// <summary>Ends the connection at once.</summary>
    void Abort();
}
