using PushNet.Actors.Games;

namespace PushNet.Actors.Wire;

/// <summary>An event as the bytes that every subscriber of every channel is sent: frame header and JSON. Immutable and shared.</summary>
/// <param name="Event">The event itself, for code that must choose or merge.</param>
/// <param name="Frame">One whole WebSocket text frame.</param>
public sealed record EncodedEvent(GameEvent Event, ReadOnlyMemory<byte> Frame)
{
    /// <summary>Its type.</summary>
    public EventKind Kind { get; } = Event.Kind;

    /// <summary>Its number.</summary>
    public long Seq => Event.Seq;

    /// <summary>Its place in the stream.</summary>
    public Place Place => Event.Place;
}
