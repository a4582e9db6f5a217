using Akka.Actor;

namespace PushNet.Actors.Subscribers;

/// <summary>The state of a subscriber's queue at one moment.</summary>
/// <param name="Queued">Events that wait.</param>
/// <param name="Dropped">Events that were dropped since the subscriber joined.</param>
public readonly record struct QueueReading(int Queued, long Dropped)
{
    /// <summary>Reads a subscriber's queue without asking the actor, which may be in the middle of a write.</summary>
    /// <param name="subscriber">A subscriber; anybody else has an empty queue.</param>
    public static QueueReading Of(IActorRef? subscriber) =>
        DropHeadMailbox.QueueOf(subscriber)?.Reading ?? default;
}
