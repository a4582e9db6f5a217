using PushNet.Actors.Games;

namespace PushNet.Actors.Wire;

/// <summary>An event as the bytes that every subscriber of every channel is sent: frame header and JSON. Immutable and shared.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Seq">Its number.</param>
/// <param name="Frame">One whole WebSocket text frame.</param>
public sealed record EncodedEvent(EventKind Kind, long Seq, ReadOnlyMemory<byte> Frame);
