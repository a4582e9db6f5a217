using PushNet.Actors.Games;

namespace PushNet.Actors.Wire;

/// <summary>
/// Events joined into one block of bytes before the fan-out: every subscriber writes this same block in one go, and
/// each event in it stays a WebSocket message of its own. This is the plain form, which everybody can be given. Immutable and shared,
/// except for the progress.
/// </summary>
public sealed class FrameBatch : FrameBlock
{
    private readonly EncodedEvent[] _events;
    private EventBlock? _asEvents;

    private FrameBatch(EncodedEvent[] events, byte[] bytes, int prices, FanOutProgress progress, CompressedBatch? compressed)
        : base(bytes, progress) => (_events, Prices, Compressed) = (events, prices, compressed);

    /// <summary>The events in order, for code that must take the batch apart.</summary>
    public IReadOnlyList<EncodedEvent> Events => _events;

    /// <summary>How many of the events are price changes.</summary>
    public int Prices { get; }

    /// <summary>The same events for clients that are in step with the compressed stream of their group; null when it has none.</summary>
    public CompressedBatch? Compressed { get; }

    /// <summary>The same events for an event stream, made for the first client that needs it.</summary>
    public EventBlock AsEvents => Volatile.Read(ref _asEvents) ?? MakeEvents();

    /// <summary>Joins events into a batch.</summary>
    /// <param name="events">The events, oldest first.</param>
    /// <param name="progress">Counts the subscribers that have not written it yet.</param>
    /// <param name="compressed">Its compressed form; null when there is none.</param>
    public static FrameBatch Join(ReadOnlySpan<EncodedEvent> events, FanOutProgress progress, CompressedBatch? compressed = null)
    {
        var prices = 0;
        foreach (var one in events)
        {
            prices += one.Kind.IsState() ? 0 : 1;
        }

        return new FrameBatch(events.ToArray(), JoinFrames(events), prices, progress, compressed);
    }

    /// <summary>The frames of events, one after the other.</summary>
    public static byte[] JoinFrames(ReadOnlySpan<EncodedEvent> events)
    {
        var length = 0;
        foreach (var one in events)
        {
            length += one.Frame.Length;
        }

        var bytes = new byte[length];
        var rest = bytes.AsSpan();
        foreach (var one in events)
        {
            one.Frame.Span.CopyTo(rest);
            rest = rest[one.Frame.Length..];
        }

        return bytes;
    }

    // Two threads may both make it, and then use that of the first.
    private EventBlock MakeEvents()
    {
        var made = new EventBlock(EventStream.Of(Bytes.Span), Progress);
        return Interlocked.CompareExchange(ref _asEvents, made, null) ?? made;
    }
}
