namespace PushNet.Actors.Channels.Groups;

/// <summary>What a client asked for when it connected.</summary>
/// <param name="Filter">Which events it wants.</param>
/// <param name="Conflate">The interval in which prices are merged; zero: they come as they happen.</param>
public sealed record Subscription(EventFilter Filter, TimeSpan Conflate)
{
    /// <summary>Everything that the channel carries, as it happens.</summary>
    public static readonly Subscription Everything = new(EventFilter.None, TimeSpan.Zero);

    /// <summary>True when prices are merged.</summary>
    public bool IsConflated => Conflate > TimeSpan.Zero;
}
