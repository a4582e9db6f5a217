using PushNet.Actors.Feed.Health;

namespace PushNet.Actors.Feed;

/// <summary>A feed and what is known of it.</summary>
/// <param name="Source">Where its lines come from.</param>
/// <param name="Health">Its name, and how it is.</param>
public sealed record RunningFeed(IFeedSource Source, SourceHealth Health);
