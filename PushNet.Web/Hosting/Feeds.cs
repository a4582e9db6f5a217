using PushNet.Actors.Feed;
using PushNet.Actors.Feed.Demo;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.Feed.Nats;
using PushNet.Web.Settings;

namespace PushNet.Web.Hosting;

/// <summary>Makes the feeds that the settings ask for.</summary>
internal static class Feeds
{
    /// <summary>The feeds; none when observations come by ingest only.</summary>
    public static IReadOnlyList<RunningFeed> Create(FeedsInForce feeds, SourceRegistry sources) => [.. feeds.All.Select(feed =>
    {
        var health = sources.Of(feed.SourceName, feed.Kind, feed.StaleAfter);
        return new RunningFeed(Create(feed, health), health);
    })];

    private static IFeedSource Create(FeedOptions feed, SourceHealth health) => feed.Kind switch
    {
        FeedOptions.Demo => new DemoFeed(TimeProvider.System, new Random()),
        FeedOptions.Replay => new ReplayFeed(CallerFolder.Resolve(feed.File), feed.Speed, TimeProvider.System),
        FeedOptions.Nats => new NatsFeed(NatsOf(feed), health, TimeProvider.System),
        _ => throw new SettingsException($"{health.Name} is of no known kind"),
    };

    /// <summary>The part of a feed's settings that is about NATS.</summary>
    public static NatsSettings NatsOf(FeedOptions feed) => new()
    {
        Url = feed.Url,
        CredentialsFile = feed.Credentials.Length == 0 ? null : CallerFolder.Resolve(feed.Credentials),
        Stream = feed.Stream,
        Subject = feed.Subject,
        RejectedSubject = feed.RejectedSubject,
        Consumer = feed.Consumer,
        AckWait = feed.AckWait,
    };
}
