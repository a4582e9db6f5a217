namespace PushNet.Client;

/// <summary>What names an outcome within its game.</summary>
/// <param name="Market">Market type.</param>
/// <param name="Book">The bookmaker.</param>
/// <param name="Outcome">The side, or the player.</param>
/// <param name="Points">Handicap or total.</param>
public readonly record struct OutcomeKey(string Market, string Book, string Outcome, decimal? Points);

/// <summary>The offer of one book on one outcome.</summary>
/// <param name="Key">What it is offered on, and by whom.</param>
/// <param name="American">American odds; null: withdrawn.</param>
/// <param name="Reason">Why it was withdrawn, if the source said so: suspended or settled.</param>
/// <param name="IsMain">True for the main line of several.</param>
/// <param name="Ts">When it was made, in milliseconds since 1970.</param>
/// <param name="Seq">The number of the event that brought it.</param>
public sealed record Price(OutcomeKey Key, decimal? American, string? Reason, bool IsMain, long Ts, long Seq);
