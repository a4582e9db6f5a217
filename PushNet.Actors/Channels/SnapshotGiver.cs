using Akka.Actor;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Channels.Groups;
using PushNet.Actors.Clock;
using PushNet.Actors.State;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>
/// Gives snapshots between two flushes. A client that joins becomes a child of the publisher with its snapshot. A client that is healed
/// goes on behind its snapshot. A client whose snapshot can't be made is turned away.
/// </summary>
/// <param name="context">The publisher's context. The publisher is told <see cref="Gone"/> when a child ends.</param>
/// <param name="channel">The channel.</param>
/// <param name="fanOut">What newcomers come into.</param>
/// <param name="encoder">The publisher's encoder.</param>
/// <param name="memory">Where there is room for snapshots.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told how many are turned away.</param>
internal sealed partial class SnapshotGiver(
    IActorContext context, PushChannel channel, FanOut fanOut, FrameEncoder encoder, SnapshotMemory memory, TimeProvider time, ILogger log)
{
    /// <summary>What is said behind every snapshot to those who follow details; null: nothing.</summary>
    public FeedNotice? Notice { get; set; }

    /// <summary>Gives a snapshot to those that waited for it.</summary>
    /// <param name="arrived">The snapshot, whose place the stream has reached, and those that get it.</param>
    /// <param name="farewell">Why nobody may come in, as a sentence; null when they may.</param>
    /// <returns>Those for whose snapshot there is no room yet.</returns>
    public WaitingList Give(SnapshotQueue.ArrivedSnapshot arrived, string? farewell)
    {
        var (snapshot, who) = (arrived.Snapshot, arrived.Who);
        var frames = new SnapshotFrames(channel, snapshot, arrived.Room, encoder, memory);
        var (noRoom, failed) = (new WaitingList(), new WaitingList());
        Exception? failure = null;
        foreach (var healing in who.Healing)
        {
            Serve(
                healing.Subscription,
                frame =>
                {
                    healing.Subscriber.Tell(new HealingSnapshot(frame.GiveTo(healing.Socket), arrived.Place), ActorRefs.NoSender);
                    TellNotice(healing.Subscriber, healing.Subscription);
                },
                list => list.Add(healing));
        }

        foreach (var (join, replyTo) in who.Joins)
        {
            if (farewell is not null)
            {
                TurnAway(join, replyTo, CloseCodes.ServiceRestart, farewell);
            }
            else
            {
                Serve(join.Subscription, frame => LetIn(join, replyTo, frame, CatchUp.Nothing), list => list.Add(join, replyTo));
            }
        }

        if (failure is not null)
        {
            LogFailed(log, failure, channel.Name);
            TurnAway(failed, SnapshotFailed.ReasonOf(failure));
        }

        if (snapshot.MadeFor is { } group)
        {
            frames.Dispose();
            fanOut.Groups.SnapshotGiven(group);
        }
        else
        {
            fanOut.Recent.Given(frames, Moment.Now(time));
            OfferToStreams(frames, who);
        }

        return noRoom;

        // A client that can't be served, because memory has run out or for any other reason, must not cost the others theirs.
        void Serve(Subscription subscription, Action<SharedSnapshot> give, Action<WaitingList> addTo)
        {
            try
            {
                if (frames.For(subscription.Filter) is { } frame)
                {
                    give(frame);
                }
                else
                {
                    addTo(noRoom);
                }
            }
            catch (Exception e)
            {
                failure = e;
                addTo(failed);
            }
        }
    }

    /// <summary>In a storm of joins, lets a newcomer in at once, with a snapshot that others were given.</summary>
    /// <returns>False when it must wait for a new one.</returns>
    public bool TryLetIn(Join join, IActorRef replyTo)
    {
        if (EntryFor(join) is { } entry)
        {
            LetIn(join, replyTo, entry.Snapshot, entry.Since, isInStep: true);
            return true;
        }

        if (fanOut.Recent.For(join.Subscription, Moment.Now(time)) is not { } recent)
        {
            return false;
        }

        LetIn(join, replyTo, recent.Snapshot, recent.Since);
        return true;
    }

    private StreamEntry? EntryFor(Join join)
    {
        var now = Moment.Now(time);
        return join.Socket.SharesCompression && CanEnter(join.Subscription.Group) && fanOut.Recent.IsStorm(now)
            ? fanOut.Groups.StreamOf(join.Subscription.Group)?.EntryAt(now) : null;
    }

    private void OfferToStreams(SnapshotFrames frames, WaitingList who)
    {
        var now = Moment.Now(time);
        if (!fanOut.Recent.IsStorm(now))
        {
            return;
        }

        foreach (var group in who.Joins.Where(one => one.Join.Socket.SharesCompression && CanEnter(one.Join.Subscription.Group))
            .Select(one => one.Join.Subscription.Group).Distinct())
        {
            if (frames.Made(group.Filter) is { } frame)
            {
                fanOut.Groups.StreamOf(group)?.Offer(frame, memory, now);
            }
        }
    }

    // Merged prices begin at the same place for all of a group, so a newcomer can't be given others before them.
    private static bool CanEnter(GroupKey group) => !group.HasOwnSnapshots && !group.IsConflated;

    /// <summary>Closes the connections of those whose snapshot can't be made.</summary>
    /// <param name="who">Those who waited for it.</param>
    /// <param name="reason">Why, as a sentence.</param>
    public void TurnAway(WaitingList who, string reason)
    {
        LogTurnedAway(log, who.Count, channel.Name, reason);
        foreach (var healing in who.Healing)
        {
            healing.Socket.Close(CloseCodes.TryAgainLater, reason);
        }

        foreach (var (join, replyTo) in who.Joins)
        {
            TurnAway(join, replyTo, CloseCodes.TryAgainLater, reason);
        }
    }

    private static void TurnAway(Join join, IActorRef replyTo, int code, string reason)
    {
        join.Socket.Close(code, reason);
        replyTo.Tell(new Joined(ActorRefs.Nobody), ActorRefs.NoSender);
    }

    private void LetIn(Join join, IActorRef replyTo, SharedSnapshot snapshot, CatchUp since, bool isInStep = false)
    {
        var subscriber = context.ActorOf(SubscriberActor.Props(join.Socket, join.Subscription, time));
        context.WatchWith(subscriber, new Gone(subscriber, join.Subscription.Group, join.Socket.SharesCompression));
        fanOut.Groups.Add(subscriber, join.Subscription.Group, join.Socket.SharesCompression, isInStep);
        var welcome = encoder.Welcome(channel.Name, join.ConnectionId, join.Subscription, join.Socket.SharesCompression);
        subscriber.Tell(new Hello(welcome, snapshot.GiveTo(join.Socket), replyTo), ActorRefs.NoSender);
        if (!since.Frames.IsEmpty)
        {
            subscriber.Tell(since, ActorRefs.NoSender);
        }

        TellNotice(subscriber, join.Subscription);
    }

    private void TellNotice(IActorRef subscriber, Subscription subscription)
    {
        if (Notice is { } notice && subscription.Group.HasDetails)
        {
            subscriber.Tell(notice, ActorRefs.NoSender);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A snapshot of channel {Channel} could not be made")]
    private static partial void LogFailed(ILogger log, Exception failure, string channel);

    [LoggerMessage(2, LogLevel.Warning, "{Clients} clients of channel {Channel} were closed with 1013: {Reason}")]
    private static partial void LogTurnedAway(ILogger log, int clients, string channel, string reason);

    /// <summary>A subscriber ended.</summary>
    internal sealed record Gone(IActorRef Subscriber, GroupKey Group, bool TookCompressed);
}
