using System.Runtime.InteropServices;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Subscribers;

/// <summary>
/// The events that wait for one subscriber, at most <c>capacity</c> of them, however they are batched. When more come,
/// the oldest prices go first and state events last. Pure and not thread-safe: see <see cref="DropHeadMailbox"/>.
/// </summary>
/// <param name="capacity">Events held at most; at least 1.</param>
public sealed class DropHeadQueue(int capacity)
{
    private const int TakenBeforeCompaction = 32;

    // Shared by all queues that need no list. Never added to.
    private static readonly List<Segment> Nothing = [];

    // A batch that is counted, with nothing beside it. The queue of a healthy subscriber never holds more, and this only for a moment.
    private FrameBatch? _lone;
    private List<Segment> _segments = Nothing;
    private int _head;
    private DropCounts _dropped = DropCounts.None;

    /// <summary>Events waiting.</summary>
    public int EventCount { get; private set; }

    /// <summary>Events dropped since the beginning.</summary>
    public long DroppedTotal { get; private set; }

    /// <summary>Items that <see cref="TryDequeue"/> will give, a pending <see cref="Lagged"/> not counted.</summary>
    public int ItemCount => _lone is null ? _segments.Count - _head : 1;

    /// <summary>True when nothing waits.</summary>
    public bool IsEmpty => ItemCount == 0 && _dropped.NewestSeq == 0;

    /// <summary>Adds a batch, and drops what exceeds the capacity.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="counted">
    /// True when the batch's progress waits for this subscriber: it is released if the batch is taken apart here.
    /// </param>
    /// <returns>How many prices and state events were dropped.</returns>
    public (int Prices, int States) Enqueue(FrameBatch batch, bool counted)
    {
        EventCount += batch.Events.Count;
        if (counted && IsEmpty && EventCount <= capacity)
        {
            _lone = batch;
            return default;
        }

        Append(SegmentOf(batch, counted));
        return EventCount > capacity ? DropOldest(EventCount - capacity) : default;
    }

    /// <summary>Adds what is never dropped; a healing snapshot, or a notice about feeds, takes the place of an older one.</summary>
    public void Enqueue(IStreamMark mark)
    {
        if (mark is HealingSnapshot)
        {
            foreach (var older in _segments.Select(segment => segment.Item).OfType<HealingSnapshot>())
            {
                older.Hold.Dispose();
            }

            _segments.RemoveAll(segment => segment.Item is HealingSnapshot);
        }
        else if (mark is FeedNotice)
        {
            _segments.RemoveAll(segment => segment.Item is FeedNotice);
        }

        Append(new Segment(mark, 0, 0, false));
    }

    /// <summary>
    /// Takes what is next: a whole <see cref="FrameBatch"/>, whose progress the taker releases when it is written; a
    /// <see cref="LateBatch"/> or an <see cref="EventRun"/>, for which nobody waits; an <see cref="IStreamMark"/>; or, before
    /// anything that outlived dropped events, one <see cref="Lagged"/>.
    /// </summary>
    /// <returns>Null when nothing waits.</returns>
    public object? TryDequeue()
    {
        // Nothing may come before a connection's welcome and snapshot, not even the news of a drop.
        if (_dropped.NewestSeq > 0 && (ItemCount == 0 || _segments[_head].Item is not Hello))
        {
            var lagged = new Lagged(_dropped);
            _dropped = DropCounts.None;
            return lagged;
        }

        if (_lone is { } lone)
        {
            (_lone, EventCount) = (null, 0);
            return lone;
        }

        if (ItemCount == 0)
        {
            return null;
        }

        var next = _segments[_head];
        _segments[_head++] = default;
        EventCount -= next.Prices + next.States;
        if (ItemCount == 0)
        {
            (_segments, _head) = (Nothing, 0);
        }

        return next is { Item: FrameBatch late, Counted: false } ? new LateBatch(late) : next.Item;
    }

    /// <summary>Forgets all that waits, for a subscriber that is gone.</summary>
    public void Clear()
    {
        _lone?.Progress.Release();
        foreach (var segment in _segments)
        {
            segment.LetGo();
        }

        (_lone, _segments, _head, EventCount, _dropped) = (null, Nothing, 0, 0, DropCounts.None);
    }

    private void Append(Segment segment)
    {
        if (_segments == Nothing)
        {
            _segments = [];
        }
        else if (_head >= TakenBeforeCompaction)
        {
            Compact();
        }

        if (_lone is { } lone)
        {
            _segments.Add(SegmentOf(lone, counted: true));
            _lone = null;
        }

        _segments.Add(segment);
    }

    private static Segment SegmentOf(FrameBatch batch, bool counted) =>
        new(batch, batch.Prices, batch.Events.Count - batch.Prices, counted);

    private void Compact()
    {
        _segments.RemoveRange(0, _head);
        _head = 0;
    }

    private (int Prices, int States) DropOldest(int excess)
    {
        Compact();
        var dropped = new List<EncodedEvent>(excess);
        DropFromSegments(excess, prices: true, dropped);
        var prices = dropped.Count;
        DropFromSegments(excess - dropped.Count, prices: false, dropped);

        _segments.RemoveAll(segment => segment.IsEmptied);
        EventCount -= dropped.Count;
        DroppedTotal += dropped.Count;
        _dropped = _dropped.Plus(dropped);
        return (prices, dropped.Count - prices);
    }

    private void DropFromSegments(int excess, bool prices, List<EncodedEvent> dropped)
    {
        foreach (ref var segment in CollectionsMarshal.AsSpan(_segments))
        {
            if (excess <= 0)
            {
                return;
            }

            var count = Math.Min(excess, prices ? segment.Prices : segment.States);
            if (count > 0)
            {
                segment = segment.WithoutOldest(count, prices, dropped);
                excess -= count;
            }
        }
    }

    /// <summary>A batch, what is left of one, or a mark.</summary>
    private readonly record struct Segment(object? Item, int Prices, int States, bool Counted)
    {
        public bool IsEmptied => Item is EventRun && Prices + States == 0;

        /// <summary>The survivors in an array of their own: a leftover must not keep a batch's block alive.</summary>
        public Segment WithoutOldest(int count, bool prices, List<EncodedEvent> dropped)
        {
            var events = Item is FrameBatch batch ? batch.Events : ((EventRun)Item!).Events;
            var survivors = new List<EncodedEvent>(events.Count - count);
            var left = count;
            foreach (var one in events)
            {
                if (left > 0 && one.Kind.IsState() != prices)
                {
                    dropped.Add(one);
                    left--;
                }
                else
                {
                    survivors.Add(one);
                }
            }

            LetGo();
            return new Segment(new EventRun(survivors), prices ? Prices - count : Prices, prices ? States : States - count, false);
        }

        public void LetGo()
        {
            if (Counted)
            {
                ((FrameBatch)Item!).Progress.Release();
            }
            else if (Item is ISnapshotMark { Hold: var hold })
            {
                hold.Dispose();
            }
        }
    }
}
