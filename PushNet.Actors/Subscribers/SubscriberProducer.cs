using Akka.Actor;
using PushNet.Actors.Subscriptions;

namespace PushNet.Actors.Subscribers;

/// <summary>Makes subscribers. It replaces an expression, because a join storm makes 20,000 of them.</summary>
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
