namespace PushNet.Actors.Subscriptions;

/// <summary>What subscribers that get the same events have in common.</summary>
/// <param name="Filter">Which events they want.</param>
/// <param name="Conflate">The interval in which prices are merged; zero: they come as they happen.</param>
public readonly record struct GroupKey(EventFilter Filter, TimeSpan Conflate)
{
    /// <summary>True when prices are merged.</summary>
    public bool IsConflated => Conflate > TimeSpan.Zero;

    /// <summary>True for those who get everything as it happens.</summary>
    public bool IsPlain => Filter.IsNone && !IsConflated;
}
