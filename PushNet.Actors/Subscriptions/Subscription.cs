namespace PushNet.Actors.Subscriptions;

/// <summary>What a client asked for when it connected.</summary>
/// <param name="Filter">Which events it wants.</param>
/// <param name="Conflate">The interval in which prices are merged; zero when they come as they happen.</param>
/// <param name="Extras">What it wants on top.</param>
public sealed record Subscription(EventFilter Filter, TimeSpan Conflate, Extras Extras)
{
    /// <summary>Everything that the channel carries, as it happens, and snapshots of game state.</summary>
    public static readonly Subscription Everything = new(EventFilter.None, TimeSpan.Zero, Extras.None);

    /// <summary>The group that it shares its events with.</summary>
    public GroupKey Group => new(Filter, Conflate, Extras);
}
