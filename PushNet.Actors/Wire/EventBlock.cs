namespace PushNet.Actors.Wire;

/// <summary>
/// A <see cref="FrameBatch"/> as server-sent events, in one chunk. Immutable and shared, except for the progress.
/// </summary>
/// <param name="events">The events.</param>
/// <param name="progress">The progress of the batch.</param>
public sealed class EventBlock(EventBytes events, FanOutProgress progress) : FrameBlock(events.Chunk, progress)
{
    /// <summary>The events without the chunk, for a body that the web server writes.</summary>
    public ReadOnlyMemory<byte> Events { get; } = events.Events;
}
