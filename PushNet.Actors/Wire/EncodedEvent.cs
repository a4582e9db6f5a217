using PushNet.Actors.Games;

namespace PushNet.Actors.Wire;

/// <summary>An event as the bytes that every subscriber of every channel is sent: frame header and JSON. Immutable and shared.</summary>
/// <param name="Event">What it tells, for who must choose or merge.</param>
/// <param name="Frame">One whole WebSocket text frame.</param>
public sealed record EncodedEvent(GameEvent Event, ReadOnlyMemory<byte> Frame)
{
    /// <summary>Its type.</summary>
    public EventKind Kind { get; } = Event.Kind;

    /// <summary>See <see cref="GameEvent.IsNumbered"/>.</summary>
    public bool IsNumbered { get; } = Event.IsNumbered;

    /// <summary>Its number.</summary>
    public long Seq => Event.Seq;

    /// <summary>
    /// True when it stands before a snapshot with this number. An event without a number of its own may be younger than a snapshot
    /// that has the same, so it stands behind.
    /// </summary>
    public bool IsUpTo(long seq) => IsNumbered ? Seq <= seq : Seq < seq;
}
