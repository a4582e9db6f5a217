using System.Runtime.InteropServices;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>
/// The events that a publisher has not fanned out yet. Bounded: when the whole machine is overloaded, the oldest prices are dropped for
/// every subscriber, but state events stay. Pure and not thread-safe.
/// </summary>
/// <param name="capacity">The most events held; only prices are dropped to keep it.</param>
public sealed class PendingEvents(int capacity)
{
    // Drops a little more than needed, so that the list is walked only once per this many events.
    private readonly int _slack = capacity / 8;
    private readonly List<EncodedEvent> _events = [];
    private int _head;

    /// <summary>Events waiting.</summary>
    public int Count => _events.Count - _head;

    /// <summary>Everything dropped so far.</summary>
    public DropCounts Dropped { get; private set; } = DropCounts.None;

    /// <summary>Adds events, and drops the oldest prices when they are too many.</summary>
    /// <returns>What was dropped, oldest first; usually nothing.</returns>
    public ReadOnlySpan<EncodedEvent> Add(IReadOnlyList<EncodedEvent> events)
    {
        _events.AddRange(events);
        return Count > capacity ? CollectionsMarshal.AsSpan(DropOldestPrices(Count - capacity + _slack)) : [];
    }

    /// <summary>The place of the oldest event; <see cref="Place.End"/> when none waits.</summary>
    public Place Oldest => Count > 0 ? _events[_head].Place : Place.End;

    /// <summary>True when an event waits that stands at a place in the stream or before it.</summary>
    public bool HasUpTo(Place place) => Count > 0 && Oldest <= place;

    /// <summary>Takes the oldest events within the bounds, but at least one when any may be taken.</summary>
    /// <param name="maxEvents">Events at most.</param>
    /// <param name="maxBytes">Bytes of frames at most, unless the first alone is larger.</param>
    /// <param name="upTo">Only events up to this place in the stream.</param>
    public ReadOnlySpan<EncodedEvent> Dequeue(int maxEvents, int maxBytes, Place upTo)
    {
        var waiting = CollectionsMarshal.AsSpan(_events)[_head..];
        var (count, bytes) = (0, 0);
        while (count < waiting.Length && count < maxEvents && waiting[count].Place <= upTo)
        {
            bytes += waiting[count].Frame.Length;
            if (count > 0 && bytes > maxBytes)
            {
                break;
            }

            count++;
        }

        _head += count;
        return waiting[..count];
    }

    /// <summary>Forgets the events that were taken. Call it when the span of <see cref="Dequeue"/> is no longer needed.</summary>
    public void Compact()
    {
        if (_head == _events.Count || _head > capacity)
        {
            _events.RemoveRange(0, _head);
            _head = 0;
        }
    }

    private List<EncodedEvent> DropOldestPrices(int excess)
    {
        _events.RemoveRange(0, _head);
        _head = 0;
        var dropped = new List<EncodedEvent>(excess);
        _events.RemoveAll(one =>
        {
            var drop = dropped.Count < excess && !one.Kind.IsState();
            if (drop)
            {
                dropped.Add(one);
            }

            return drop;
        });
        Dropped = Dropped.Plus(dropped);
        return dropped;
    }
}
