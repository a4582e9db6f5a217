namespace PushNet.Actors.Games;

/// <summary>What names an outcome within its game (docs/protocol.md#deltas).</summary>
/// <param name="MarketType">Market type, for instance <c>moneyline</c>.</param>
/// <param name="Book">The bookmaker.</param>
/// <param name="Outcome">The side, or the player where there is one.</param>
/// <param name="Points">Handicap or total, where the market has one.</param>
public readonly record struct OutcomeKey(string MarketType, string Book, string Outcome, decimal? Points);
