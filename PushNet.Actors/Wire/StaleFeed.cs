namespace PushNet.Actors.Wire;

/// <summary>A source whose data may be old, as everybody may know it.</summary>
/// <param name="Name">The name of the feed; <c>http</c> for the keys that send.</param>
/// <param name="State">stale or failing.</param>
/// <param name="LastObservation">When its last line came, in epoch milliseconds of the server's clock; null before the first.</param>
public readonly record struct StaleFeed(string Name, string State, long? LastObservation);
