namespace PushNet.Actors.Games;

/// <summary>Everything that the board keeps of a game, for operators.</summary>
/// <param name="Game">Its latest state.</param>
/// <param name="IsDemo">True when it was made up for show.</param>
/// <param name="Mark">The largest <c>ts</c> accepted for its state, epoch milliseconds; null when none had one.</param>
/// <param name="LastAccepted">Server time of its last accepted observation.</param>
/// <param name="Outcomes">Its outcomes, withdrawn ones too.</param>
public sealed record GameInspection(
    Game Game, bool IsDemo, long? Mark, DateTimeOffset LastAccepted, IReadOnlyList<OutcomeInspection> Outcomes);

/// <summary>Everything that the board keeps of an outcome.</summary>
/// <param name="Key">The outcome.</param>
/// <param name="Price">American odds; null when it is withdrawn.</param>
/// <param name="PlayerId">The player it is about, where there is one.</param>
/// <param name="Mark">The largest <c>ts</c> accepted for it, epoch milliseconds; null when none had one.</param>
public sealed record OutcomeInspection(OutcomeKey Key, decimal? Price, string? PlayerId, long? Mark);
