using PushNet.Actors.Feed.Health;

namespace PushNet.Actors.Feed;

/// <summary>A feed and what is known of it.</summary>
/// <param name="Source">Where its lines come from.</param>
/// <param name="Health">Its name, and whether it works.</param>
public sealed record RunningFeed(IFeedSource Source, SourceHealth Health);
