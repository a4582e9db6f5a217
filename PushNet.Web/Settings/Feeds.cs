using PushNet.Actors.Feed;

namespace PushNet.Web.Settings;

/// <summary>From the settings to the feed they ask for.</summary>
internal static class Feeds
{
    /// <summary>The feed; null when observations come by ingest only.</summary>
    public static IFeedSource? Create(PushNetOptions options) => options.FeedKind switch
    {
        _ => null,
    };
}
