using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels.Groups;

/// <summary>
/// The subscribers of a channel, by what they asked for. A flush goes to all groups together and counts as one for the pacing, so
/// that its cost grows with the groups and not with their subscribers. Belongs to one publisher.
/// </summary>
internal sealed class SubscriberGroups(
    FanOutSettings settings, FrameEncoder encoder, IWriteRounds? rounds, StreamSetup streams) : IDisposable
{
    private readonly Dictionary<GroupKey, SubscriberGroup> _groups = [];
    private FanOutProgress? _progress;

    /// <summary>Subscribers in the stream.</summary>
    public int Count { get; private set; }

    /// <summary>Subscribers that have not written the last flush and are waited for.</summary>
    public int Outstanding => _progress?.Outstanding ?? 0;

    /// <summary>How many different things they asked for.</summary>
    public int GroupCount => _groups.Count;

    public IReadOnlyList<IActorRef> Subscribers => [.. _groups.Values.SelectMany(group => group.Subscribers)];

    /// <summary>Takes a subscriber into the group of those who asked for the same.</summary>
    /// <param name="subscriber">The subscriber.</param>
    /// <param name="key">What it asked for.</param>
    /// <param name="takesCompressed">True when it takes compressed frames.</param>
    /// <param name="isInStep">True when it is in step with the compressed stream of the group.</param>
    public void Add(IActorRef subscriber, GroupKey key, bool takesCompressed = false, bool isInStep = false)
    {
        if (!_groups.TryGetValue(key, out var group))
        {
            group = _groups[key] = new SubscriberGroup(key, settings, encoder, rounds, streams);
        }

        group.Add(subscriber);
        if (takesCompressed)
        {
            group.Stream.Add(isInStep);
        }

        Count++;
    }

    /// <summary>Lets a subscriber go, and its group when it was the last member.</summary>
    public void Remove(IActorRef subscriber, GroupKey key, bool takesCompressed = false)
    {
        var group = _groups[key];
        group.Remove(subscriber);
        if (takesCompressed)
        {
            group.Stream.Remove();
        }

        Count--;
        if (group.Count == 0)
        {
            group.Dispose();
            _groups.Remove(key);
        }
    }

    /// <summary>The compressed stream of a group; null when there is no such group.</summary>
    public CompressedStream? StreamOf(GroupKey key) => _groups.GetValueOrDefault(key)?.Stream;

    /// <summary>Something happened that newcomers would not be told of.</summary>
    public void CloseEntries()
    {
        foreach (var group in _groups.Values)
        {
            group.Stream.CloseEntry();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var group in _groups.Values)
        {
            group.Dispose();
        }
    }

    /// <summary>Tells those who follow details.</summary>
    public void Tell(FeedNotice notice)
    {
        foreach (var subscriber in _groups.Where(group => group.Key.HasDetails).SelectMany(group => group.Value.Subscribers))
        {
            subscriber.Tell(notice, ActorRefs.NoSender);
        }
    }

    /// <summary>A member of a group was given a snapshot with prices.</summary>
    public void SnapshotGiven(GroupKey key) => _groups.GetValueOrDefault(key)?.SnapshotGiven();

    /// <summary>Events were dropped for all.</summary>
    public void Missed(ReadOnlySpan<EncodedEvent> dropped)
    {
        if (dropped.IsEmpty)
        {
            return;
        }

        foreach (var group in _groups.Values)
        {
            group.Missed(dropped);
        }
    }

    /// <summary>How long to wait before a group's held prices are due. Zero or less means that some are; null when none are held.</summary>
    public TimeSpan? TimeToPrices(Moment now) => Soonest(group => group.TimeToPrices(now));

    /// <summary>Tells every group what was dropped.</summary>
    /// <returns>How long to wait before what is left can be told; null when nothing is.</returns>
    public TimeSpan? TellMissed(Moment now) => Soonest(group => group.TellMissed(now));

    /// <summary>Sends every group what is its own.</summary>
    /// <param name="events">What is flushed.</param>
    /// <param name="next">The place of the first event after these that is pending already.</param>
    /// <param name="now">The time.</param>
    /// <param name="isLast">True when held prices can't wait for their time.</param>
    /// <param name="onDrained">Called on any thread when everybody that is waited for has written it.</param>
    /// <returns>What went out.</returns>
    public FlushCounts Tell(ReadOnlySpan<EncodedEvent> events, Place next, Moment now, bool isLast, Action onDrained)
    {
        var progress = _progress = new FanOutProgress(Count + 1, onDrained);
        var hasAsides = HasAsides(events);
        var notTold = 1;
        var counts = default(FlushCounts);
        foreach (var group in _groups.Values)
        {
            if (group.Tell(events, next, hasAsides, progress, now, isLast) is { } batch)
            {
                counts = counts.Plus(batch, group.Count, group.Stream.Sharing);
            }
            else
            {
                notTold += group.Count;
            }
        }

        progress.Release(notTold);
        return counts;
    }

    private static bool HasAsides(ReadOnlySpan<EncodedEvent> events)
    {
        foreach (var one in events)
        {
            if (!one.Event.IsNumbered)
            {
                return true;
            }
        }

        return false;
    }

    private TimeSpan? Soonest(Func<SubscriberGroup, TimeSpan?> waitOf)
    {
        TimeSpan? soonest = null;
        foreach (var group in _groups.Values)
        {
            soonest = waitOf(group) is { } wait && !(wait > soonest) ? wait : soonest;
        }

        return soonest;
    }
}
