using Akka.Actor;
using Akka.Hosting;
using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Games;

namespace PushNet.Actors.Feed;

/// <summary>Runs one configured feed for as long as it lives; starts it again with back-off when it fails.</summary>
public sealed partial class FeedActor : UntypedActor
{
    private static readonly RestartSettings BackOff = RestartSettings.Create(
        minBackoff: TimeSpan.FromSeconds(1), maxBackoff: TimeSpan.FromSeconds(30), randomFactor: 0.2);

    private readonly IFeedSource _feed;
    private readonly IActorRef _gameState;
    private readonly ILogger<FeedActor> _log;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>An actor for one feed.</summary>
    public FeedActor(IFeedSource feed, IActorRef gameState, ILogger<FeedActor> log) =>
        (_feed, _gameState, _log) = (feed, gameState, log);

    /// <inheritdoc />
    protected override void PreStart() =>
        RestartSource.OnFailuresWithBackoff(() => Source.From(() => _feed.ReadAsync(_stopping.Token)), BackOff)
            .Via(FeedPipeline.Into(_gameState, _feed.Name, _feed.IsDemo))
            .RunForeach(Report, Context.Materializer())
            .PipeTo(Self, success: () => Ended.Instance, failure: cause => new Failed(cause));

    /// <inheritdoc />
    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Ended:
                LogEnded(_log, _feed.Name);
                break;
            case Failed failed:
                // The acknowledgements failed, not the source: let the guardian start this actor, and the feed, again.
                throw new InvalidOperationException($"feed {_feed.Name} can't hand over its observations", failed.Cause);
            default:
                Unhandled(message);
                break;
        }
    }

    private void Report(GroupReceipt receipt)
    {
        foreach (var (line, error) in receipt.Errors)
        {
            LogRejected(_log, _feed.Name, line, error);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Feed {Feed} has played to its end")]
    private static partial void LogEnded(ILogger log, string feed);

    [LoggerMessage(2, LogLevel.Warning, "Feed {Feed}, line {Line} rejected: {Error}")]
    private static partial void LogRejected(ILogger log, string feed, long line, string error);

    private sealed record Ended
    {
        public static readonly Ended Instance = new();
    }

    private sealed record Failed(Exception Cause);
}

/// <summary>Wiring of the <see cref="FeedActor"/>.</summary>
public static class FeedSetup
{
    /// <summary>Starts a feed at <c>/user/feed</c>, behind the game state.</summary>
    /// <param name="builder">The actor system's builder.</param>
    /// <param name="feed">Where its lines come from.</param>
    public static AkkaConfigurationBuilder WithFeed(this AkkaConfigurationBuilder builder, IFeedSource feed) =>
        builder.WithActors((system, registry, resolver) => registry.Register<FeedActor>(
            system.ActorOf(resolver.Props<FeedActor>(feed, registry.Get<GameStateActor>()), "feed")));
}
