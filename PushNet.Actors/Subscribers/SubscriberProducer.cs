using Akka.Actor;
using PushNet.Actors.Subscriptions;

namespace PushNet.Actors.Subscribers;

/// <summary>Makes subscribers: instead of an expression, because 20,000 of them are made in a join storm.</summary>
internal sealed class SubscriberProducer(ISubscriberSocket socket, Subscription subscription, TimeProvider time) : IIndirectActorProducer
{
    /// <inheritdoc />
    public Type ActorType => typeof(SubscriberActor);

    /// <inheritdoc />
    public ActorBase Produce() => new SubscriberActor(socket, subscription, time);

    /// <inheritdoc />
    public void Release(ActorBase actor)
    {
    }
}
