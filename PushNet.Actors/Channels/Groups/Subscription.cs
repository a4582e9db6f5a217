namespace PushNet.Actors.Channels.Groups;

/// <summary>What a client asked for when it connected.</summary>
/// <param name="Filter">Which events it wants.</param>
public sealed record Subscription(EventFilter Filter)
{
    /// <summary>Everything that the channel carries, as it happens.</summary>
    public static readonly Subscription Everything = new(EventFilter.None);
}
