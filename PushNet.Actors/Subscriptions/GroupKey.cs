using PushNet.Actors.Games;

namespace PushNet.Actors.Subscriptions;

/// <summary>What subscribers that get the same events have in common.</summary>
/// <param name="Filter">Which events they want.</param>
/// <param name="Conflate">The interval in which prices are merged; zero when they come as they happen.</param>
/// <param name="Extras">What they are sent that others are not.</param>
public readonly record struct GroupKey(EventFilter Filter, TimeSpan Conflate, Extras Extras = Extras.None)
{
    /// <summary>True when its snapshots differ from everybody's and are made for it alone.</summary>
    public bool HasOwnSnapshots => (Extras & (Extras.Prices | Extras.AllGames)) != 0;

    /// <summary>True when its snapshots carry prices.</summary>
    public bool HasPrices => Has(Extras.Prices);

    /// <summary>True when it follows the games that are not live, too.</summary>
    public bool HasAllGames => Has(Extras.AllGames);

    /// <summary>True when it follows details.</summary>
    public bool HasDetails => Has(Extras.Details);

    /// <summary>True when prices are merged.</summary>
    public bool IsConflated => Conflate > TimeSpan.Zero;

    /// <summary>True when it gets everything as it happens, whatever extras it wants.</summary>
    public bool IsPlain => Filter.IsNone && !IsConflated;

    /// <summary>True when an aside is for it.</summary>
    public bool Wants(Aside aside) => aside switch
    {
        Aside.None => true,
        Aside.Markets => HasPrices && !HasAllGames,
        Aside.Removal => HasAllGames,
        Aside.Details => HasDetails,
        _ => false,
    };

    /// <summary>True when an event is for it.</summary>
    public bool Selects(GameEvent gameEvent) => Wants(gameEvent.Aside) && Filter.Selects(gameEvent);

    private bool Has(Extras extra) => (Extras & extra) != 0;
}
