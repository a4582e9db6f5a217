using Akka.Actor;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>Lets newcomers into the stream of a channel, in between two flushes, as children of its publisher.</summary>
/// <param name="context">The publisher's, which is told <see cref="Gone"/> when a child ends.</param>
/// <param name="channel">The channel.</param>
/// <param name="fanOut">What they come into.</param>
/// <param name="encoder">The publisher's encoder.</param>
/// <param name="time">The clock.</param>
internal sealed class Reception(IActorContext context, PushChannel channel, FanOut fanOut, FrameEncoder encoder, TimeProvider time)
{
    /// <summary>Gives a snapshot to those who waited for it.</summary>
    /// <param name="admission">The snapshot, whose place in the stream is here, and who.</param>
    /// <param name="isDraining">True when nobody may come in any more.</param>
    public void Admit(Newcomers.Admission admission, bool isDraining)
    {
        var frames = new SnapshotFrames(channel, admission.Snapshot, encoder);
        foreach (var healing in admission.Who.Healing)
        {
            healing.Subscriber.Tell(new HealingSnapshot(frames.For(healing.Subscription.Filter), admission.Seq), ActorRefs.NoSender);
        }

        foreach (var (join, replyTo) in admission.Who.Joins)
        {
            if (isDraining)
            {
                join.Socket.Close(CloseCodes.ServiceRestart, "the server restarts");
                continue;
            }

            LetIn(join, replyTo, frames.For(join.Subscription.Filter), CatchUp.Nothing);
        }

        if (admission.Snapshot.PricesFor is { } group)
        {
            fanOut.Groups.SnapshotGiven(group);
        }
        else
        {
            fanOut.Recent.Given(frames, Moment.Now(time));
        }
    }

    /// <summary>Lets somebody in at once who comes in a storm of joins, with a snapshot that others were given.</summary>
    /// <returns>False when it is to wait for a new one.</returns>
    public bool TryLetIn(Join join, IActorRef replyTo)
    {
        if (fanOut.Recent.For(join.Subscription, Moment.Now(time)) is not { } recent)
        {
            return false;
        }

        LetIn(join, replyTo, recent.Snapshot, recent.Since);
        return true;
    }

    private void LetIn(Join join, IActorRef replyTo, ReadOnlyMemory<byte> snapshot, CatchUp since)
    {
        var subscriber = context.ActorOf(SubscriberActor.Props(join.Socket, join.Subscription, time));
        context.WatchWith(subscriber, new Gone(subscriber, join.Subscription.Group));
        fanOut.Groups.Add(subscriber, join.Subscription.Group);
        var welcome = encoder.Welcome(channel.Name, join.ConnectionId, join.Subscription);
        subscriber.Tell(new Hello(welcome, snapshot, replyTo), ActorRefs.NoSender);
        if (!since.Frames.IsEmpty)
        {
            subscriber.Tell(since, ActorRefs.NoSender);
        }
    }

    /// <summary>A subscriber ended.</summary>
    internal sealed record Gone(IActorRef Subscriber, GroupKey Group);
}
