using Akka.Actor;

namespace PushNet.Actors.Subscribers;

/// <summary>How a subscriber's queue is at one moment.</summary>
/// <param name="Queued">Events that wait.</param>
/// <param name="Dropped">Events that were dropped since the subscriber joined.</param>
public readonly record struct QueueReading(int Queued, long Dropped)
{
    /// <summary>Reads a subscriber's queue past the actor, which may be in the middle of a write.</summary>
    /// <param name="subscriber">A subscriber; anybody else has an empty queue.</param>
    public static QueueReading Of(IActorRef? subscriber) =>
        DropHeadMailbox.QueueOf(subscriber)?.Reading ?? default;
}
