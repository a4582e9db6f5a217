using PushNet.Actors.Games;

namespace PushNet.Actors.Subscriptions;

/// <summary>A channel that clients can subscribe to (docs/protocol.md#endpoints).</summary>
/// <param name="Name">Its name in paths, frames and scopes.</param>
/// <param name="CarriesPrices">True for the firehose: price changes besides game state.</param>
public sealed record PushChannel(string Name, bool CarriesPrices)
{
    /// <summary>Game state only: <c>/ws/live</c>.</summary>
    public static readonly PushChannel Live = new("live", CarriesPrices: false);

    /// <summary>Game state and every price change: <c>/ws/odds</c>.</summary>
    public static readonly PushChannel Odds = new("odds", CarriesPrices: true);

    /// <summary>True when the channel's subscribers are told of events of a kind.</summary>
    public bool Carries(EventKind kind) => CarriesPrices || (kind.IsState() && kind is not EventKind.Markets);
}
