namespace PushNet.Actors.Subscriptions;

/// <summary>What a client asked for when it connected.</summary>
/// <param name="Filter">Which events it wants.</param>
/// <param name="Conflate">The interval in which prices are merged; zero: they come as they happen.</param>
/// <param name="HasPrices">True when its snapshots carry prices, and lost prices are healed by one.</param>
public sealed record Subscription(EventFilter Filter, TimeSpan Conflate, bool HasPrices)
{
    /// <summary>Everything that the channel carries, as it happens, and snapshots of game state.</summary>
    public static readonly Subscription Everything = new(EventFilter.None, TimeSpan.Zero, HasPrices: false);

    /// <summary>What it wants on top, prices apart.</summary>
    public Extras Extras { get; init; }

    /// <summary>Whom it shares its events with.</summary>
    public GroupKey Group => new(Filter, Conflate, HasPrices ? Extras | Extras.Prices : Extras);
}
