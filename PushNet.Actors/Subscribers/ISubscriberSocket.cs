using PushNet.Actors.Wire;

namespace PushNet.Actors.Subscribers;

/// <summary>A client's socket as its subscriber sees it. Once the connection is closing, writes do nothing.</summary>
public interface ISubscriberSocket
{
    /// <summary>Writes whole frames. Completes when the socket took them, mostly at once; one write at a time.</summary>
    /// <param name="frames">One or more frames made by <see cref="WebSocketFrame"/>.</param>
    ValueTask WriteAsync(ReadOnlyMemory<byte> frames);

    /// <summary>
    /// Puts a batch into the round of writes that this thread is in: see <see cref="IWriteRounds"/>. Its progress is released
    /// when the socket took it, or can't. A write behind it waits for it.
    /// </summary>
    /// <returns>False when nothing was put: there is no round, or an earlier write is under way.</returns>
    bool TryPut(FrameBatch batch) => false;

    /// <summary>Starts the closing handshake behind what is being written, and never waits. Again: nothing happens.</summary>
    /// <param name="code">The close code (RFC 6455 section 7.4).</param>
    /// <param name="reason">For the people at the other end; at most 123 bytes.</param>
    void Close(int code, string reason);

    /// <summary>Ends the connection at once.</summary>
    void Abort();
}
