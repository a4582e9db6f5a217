using PushNet.Actors.Feed;
using PushNet.Actors.Feed.Demo;

namespace PushNet.Web.Settings;

/// <summary>From the settings to the feed they ask for.</summary>
internal static class Feeds
{
    /// <summary>The feed; null when observations come by ingest only.</summary>
    public static IFeedSource? Create(PushNetOptions options) => options.FeedKind switch
    {
        PushNetOptions.FeedOptions.Demo => new DemoFeed(TimeProvider.System, new Random()),
        PushNetOptions.FeedOptions.Replay => new ReplayFeed(CallerFolder.Resolve(options.Feed.File), options.Feed.Speed, TimeProvider.System),
        _ => null,
    };
}
