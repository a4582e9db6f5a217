using PushNet.Actors.Channels.Groups;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>
/// What waits to be sent, to whom, and when: the events that are pending, the groups of subscribers, and the pace of the
/// flushes, which is one for all groups. Belongs to one publisher; the time is passed in.
/// </summary>
/// <param name="settings">How it is paced and bounded.</param>
/// <param name="memory">What bounds the snapshot that is kept.</param>
/// <param name="encoder">The publisher's encoder.</param>
/// <param name="rounds">Lets the writes of a flush go to the kernel together; null when they don't.</param>
/// <param name="metrics">What the channel counts.</param>
/// <param name="backlog">Counts what is pending for the board.</param>
/// <param name="streams">What its compressed streams have in common.</param>
/// <param name="onDrained">Called on any thread with a flush's number and time when everybody that is waited for has written it.</param>
internal sealed class FanOut(
    FanOutSettings settings,
    SnapshotMemory memory,
    FrameEncoder encoder,
    IWriteRounds? rounds,
    ChannelMetrics metrics,
    ChannelBacklog backlog,
    StreamSetup streams,
    Action<long, Moment> onDrained) : IDisposable
{
    private readonly PendingEvents _pending = new(settings.MaxPendingEvents);
    private readonly FlushPacer _pacer = new(settings.MaxDelay, settings.Rest);
    private readonly DeliveryWatch _watch = new();
    private long _flushNumber;

    public SubscriberGroups Groups { get; } = new(settings, encoder, rounds, streams);

    public RecentSnapshot Recent { get; } = new(settings, memory);

    /// <inheritdoc />
    public void Dispose()
    {
        Recent.Forget();
        Groups.Dispose();
    }

    /// <summary>Something happened that newcomers would not be told of, so what was kept for them must not be given any more.</summary>
    public void ForgetSnapshots()
    {
        Recent.Forget();
        Groups.CloseEntries();
    }

    /// <summary>What it holds.</summary>
    public ChannelUsage Usage => new(Groups.Count, _pending.Count, _pending.Dropped.Total);

    /// <summary>True when this many more events can't wait without a drop.</summary>
    public bool IsFullWith(int events) => _pending.Count + events > settings.MaxPendingEvents;

    /// <summary>True when an event waits that stands at a place in the stream or before it.</summary>
    public bool HasUpTo(Place place) => _pending.HasUpTo(place);

    /// <summary>Adds events; when they are too many, the oldest prices are dropped for all groups.</summary>
    /// <param name="events">The events; never empty.</param>
    /// <param name="observedAt">When the board took the observation that caused the first of them.</param>
    public void Add(IReadOnlyList<EncodedEvent> events, Moment observedAt)
    {
        _watch.Published(events[0].Seq, observedAt);
        var dropped = _pending.Add(events);
        if (!dropped.IsEmpty)
        {
            Recent.Forget();
            backlog.Dropped(dropped.Length);
        }

        Groups.Missed(dropped);
        metrics.DroppedSoFar(_pending.Dropped);
    }

    /// <summary>Events came that nobody wants.</summary>
    public void Ignore(IReadOnlyList<EncodedEvent> events)
    {
        Recent.Forget();
        backlog.Left(events.Count, events[^1].Seq);
    }

    /// <summary>How long to wait before the next flush. Zero or less means now; null means that nothing can be flushed yet.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isLast">True when nothing is to be held back.</param>
    public TimeSpan? TimeToFlush(Moment now, bool isLast)
    {
        var arePricesDue = Groups.TimeToPrices(now) is { } wait && (isLast || wait <= TimeSpan.Zero);
        return _pending.Count == 0 && !arePricesDue ? null
            : isLast ? TimeSpan.Zero
            : backlog.IsBurst ? _pacer.TimeToWaitInBurst(now, Groups.Outstanding, Groups.Count)
            : _pacer.TimeToWait(now, isFull: _pending.Count >= settings.MaxBatchEvents);
    }

    /// <summary>Sends every group its next batch.</summary>
    /// <param name="upTo">Only events up to this place in the stream.</param>
    /// <param name="now">The time.</param>
    /// <param name="isLast">True when nothing is to be held back.</param>
    public void Flush(Place upTo, Moment now, bool isLast)
    {
        Groups.TellMissed(now);
        var number = ++_flushNumber;
        var events = _pending.Dequeue(settings.MaxBatchEvents, settings.MaxBatchBytes, upTo);
        _pacer.Flushed(now);
        Recent.Flushed(events);
        if (!events.IsEmpty)
        {
            _watch.Flushed(number, events[^1].Seq);
            backlog.Left(events.Length, events[^1].Seq);
        }

        metrics.Flushed(events.Length, Groups.Tell(events, _pending.Oldest, now, isLast, () => onDrained(number, now)));
        _pending.Compact();
    }

    /// <summary>Everybody that is waited for has written a flush.</summary>
    /// <param name="flushNumber">Its number.</param>
    /// <param name="flushedAt">When it began.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when a later flush has begun.</returns>
    public bool Drained(long flushNumber, Moment flushedAt, Moment now)
    {
        metrics.Drained(now - flushedAt, _watch.Drained(flushNumber, now));
        if (flushNumber != _flushNumber)
        {
            return false;
        }

        _pacer.Drained(now);
        return true;
    }

    /// <summary>Tells what was dropped, if it is time to.</summary>
    /// <returns>How long to wait before something is to be told, or held prices are due; null when nothing is.</returns>
    public TimeSpan? TellMissed(Moment now) => Sooner(Groups.TellMissed(now), Groups.TimeToPrices(now));

    /// <summary>The shorter of two waits, either of which may be null.</summary>
    public static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one > other ? other : one ?? other;
}
