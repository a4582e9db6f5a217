using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Channels.Groups;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;

namespace PushNet.Actors.Channels;

/// <summary>Registry key of the publisher of <c>/ws/live</c>.</summary>
public sealed class LivePublisher;

/// <summary>Registry key of the publisher of <c>/ws/odds</c>.</summary>
public sealed class OddsPublisher;

/// <summary>Wiring of the publishers.</summary>
public static class PublisherSetup
{
    /// <summary>Starts both publishers, at <c>/user/live</c> and <c>/user/odds</c>, behind the game state.</summary>
    /// <param name="builder">The actor system's builder.</param>
    /// <param name="settings">How they pace their fan-out.</param>
    /// <param name="streams">How many compressed streams of groups with a filter both may have together; 0 or more.</param>
    /// <param name="time">Their clock, with timers that are late by less than a flush takes.</param>
    public static AkkaConfigurationBuilder WithPublishers(
        this AkkaConfigurationBuilder builder, FanOutSettings settings, int streams, TimeProvider time) =>
        builder.WithActors((system, registry, resolver) =>
        {
            var allowance = new StreamAllowance(streams);
            var gameState = registry.Get<GameStateActor>();
            registry.Register<LivePublisher>(Start(PushChannel.Live));
            registry.Register<OddsPublisher>(Start(PushChannel.Odds));

            IActorRef Start(PushChannel channel) =>
                system.ActorOf(resolver.Props<PublisherActor>(channel, settings, gameState, time, allowance), channel.Name);
        });
}
