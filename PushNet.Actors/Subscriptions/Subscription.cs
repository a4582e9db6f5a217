namespace PushNet.Actors.Subscriptions;

/// <summary>What a client asked for when it connected.</summary>
/// <param name="Filter">Which events it wants.</param>
/// <param name="Conflate">The interval in which prices are merged; zero when they come as they happen.</param>
/// <param name="HasPrices">True when its snapshots carry prices, and a snapshot heals the loss of prices.</param>
public sealed record Subscription(EventFilter Filter, TimeSpan Conflate, bool HasPrices)
{
    /// <summary>Everything that the channel carries, as it happens, and snapshots of game state.</summary>
    public static readonly Subscription Everything = new(EventFilter.None, TimeSpan.Zero, HasPrices: false);

    /// <summary>The extras it wants, apart from prices.</summary>
    public Extras Extras { get; init; }

    /// <summary>The group that it shares its events with.</summary>
    public GroupKey Group => new(Filter, Conflate, HasPrices ? Extras | Extras.Prices : Extras);
}
