using PushNet.Actors.Clock;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>
/// The last snapshot of the live games without prices, and the events that went out since. In a storm of joins, newcomers are given
/// both, so that large snapshots are not made by the thousand for a handful of newcomers each. Nobody waits for that, and everybody
/// stands at the same place in the stream as with a new snapshot. Belongs to one publisher; the time is passed in.
/// </summary>
/// <param name="settings">Say how many events a newcomer is sent at once at most: as many as a batch holds.</param>
/// <param name="memory">What bounds the frames that are kept, and says when all should share.</param>
internal sealed class RecentSnapshot(FanOutSettings settings, SnapshotMemory memory)
{
    // Newcomers get new snapshots: up to ten at once, and four a second while more keep coming.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Burst = Interval * 10;

    private readonly List<EncodedEvent> _since = [];
    private readonly Dictionary<GroupKey, CatchUp> _catchUps = [];
    private SnapshotFrames? _frames;
    private Moment _spentUntil = Moment.LongAgo;

    /// <summary>
    /// A snapshot was given to those who waited for it, and belongs to this object from now on. No event after it may have gone out yet.
    /// </summary>
    public void Given(SnapshotFrames frames, Moment now)
    {
        Forget();
        _frames = frames;
        if (frames.Length == 0 || frames.Length > memory.MostKept)
        {
            Forget();
        }

        var spent = (_spentUntil > now ? _spentUntil - now : TimeSpan.Zero) + Interval;
        _spentUntil = now + (spent < Burst ? spent : Burst);
    }

    /// <summary>Events go out to those who are in the stream.</summary>
    public void Flushed(ReadOnlySpan<EncodedEvent> events)
    {
        if (_frames is null || events.IsEmpty)
        {
            return;
        }

        _catchUps.Clear();
        _since.AddRange(events);
        if (_since.Count > settings.MaxBatchEvents)
        {
            Forget();
        }
    }

    /// <summary>Something happened since that newcomers would not be told of.</summary>
    public void Forget()
    {
        _frames?.Dispose();
        _frames = null;
        _since.Clear();
        _catchUps.Clear();
    }

    /// <summary>True when snapshots are made faster than they should be, for newcomers that come one after the other.</summary>
    public bool IsStorm(Moment now) => _spentUntil - now > Burst - Interval;

    /// <summary>What a newcomer is given instead of a new snapshot; null when it must get a new one.</summary>
    public (SharedSnapshot Snapshot, CatchUp Since)? For(Subscription subscription, Moment now)
    {
        // Merged prices begin at the same place for all of a group, so a newcomer can't be given others before them.
        var group = subscription.Group;
        if (_frames is null || group.HasOwnSnapshots || group.IsConflated
            || (!IsStorm(now) && !memory.IsShort))
        {
            return null;
        }

        var filter = group.Filter;
        var snapshot = _frames.Made(filter) ?? (_frames.Length <= memory.MostKept ? _frames.For(filter) : null);
        if (snapshot is null)
        {
            return null;
        }

        if (!_catchUps.TryGetValue(group, out var since))
        {
            since = _catchUps[group] = new CatchUp(FrameBatch.JoinFrames([.. _since.Where(one => group.Selects(one.Event))]));
        }

        return (snapshot, since);
    }
}
