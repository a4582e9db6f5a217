using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Logging;
using PushNet.Actors.State;

namespace PushNet.Actors.Feed;

/// <summary>Ends the feeds. They are read no further, what was read is handed over and acknowledged, and then the actor stops.</summary>
public sealed record StopFeeds;

/// <summary>The configured feeds, each a <see cref="FeedActor"/> of its own below it, under the feed's name.</summary>
public sealed class FeedsActor : UntypedActor
{
    private readonly IReadOnlyList<RunningFeed> _feeds;
    private readonly IActorRef _gameState;
    private readonly ILogger<FeedActor> _log;
    private bool _isStopping;

    /// <summary>An actor that starts all feeds.</summary>
    public FeedsActor(IReadOnlyList<RunningFeed> feeds, IActorRef gameState, ILogger<FeedActor> log) =>
        (_feeds, _gameState, _log) = (feeds, gameState, log);

    /// <inheritdoc />
    protected override void PreStart()
    {
        foreach (var feed in _feeds)
        {
            var (gameState, log) = (_gameState, _log);
            Context.Watch(Context.ActorOf(Props.Create(() => new FeedActor(feed, gameState, log)), feed.Health.Name));
        }
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StopFeeds:
                _isStopping = true;
                foreach (var feed in Context.GetChildren())
                {
                    feed.Forward(message);
                }

                StopWhenEmpty();
                break;
            case Terminated:
                StopWhenEmpty();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void StopWhenEmpty()
    {
        if (_isStopping && !Context.GetChildren().Any())
        {
            Context.Stop(Self);
        }
    }
}

/// <summary>Wiring of the <see cref="FeedsActor"/>.</summary>
public static class FeedSetup
{
    /// <summary>Starts the feeds at <c>/user/feed</c>, behind the game state.</summary>
    /// <param name="builder">The actor system's builder.</param>
    /// <param name="feeds">The feeds; their names are different.</param>
    public static AkkaConfigurationBuilder WithFeeds(this AkkaConfigurationBuilder builder, IReadOnlyList<RunningFeed> feeds) =>
        builder.WithActors((system, registry, resolver) => registry.Register<FeedsActor>(
            system.ActorOf(resolver.Props<FeedsActor>(feeds, registry.Get<GameStateActor>()), "feed")));
}
