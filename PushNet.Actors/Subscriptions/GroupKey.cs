using PushNet.Actors.Games;

namespace PushNet.Actors.Subscriptions;

/// <summary>What subscribers that get the same events have in common.</summary>
/// <param name="Filter">Which events they want.</param>
/// <param name="Conflate">The interval in which prices are merged; zero: they come as they happen.</param>
/// <param name="Extras">What they are sent that others are not.</param>
public readonly record struct GroupKey(EventFilter Filter, TimeSpan Conflate, Extras Extras = Extras.None)
{
    /// <summary>True when prices are merged.</summary>
    public bool IsConflated => Conflate > TimeSpan.Zero;

    /// <summary>True for those who get everything as it happens.</summary>
    public bool IsPlain => Filter.IsNone && !IsConflated && Extras is Extras.None;

    /// <summary>True when they get an event, merged or as it is.</summary>
    public bool Selects(GameEvent gameEvent) => Filter.Selects(gameEvent) && (gameEvent.IsNumbered || Wants(gameEvent));

    private bool Wants(GameEvent gameEvent) => gameEvent switch
    {
        GameUpdate => Extras.HasFlag(Extras.Details),
        _ => false,
    };
}
