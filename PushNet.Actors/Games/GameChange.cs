namespace PushNet.Actors.Games;

/// <summary>
/// A game as it was after a change. Whatever was touched is there in full, so the change can be applied twice, and can replace
/// everything that was before it.
/// </summary>
/// <param name="GameId">The game.</param>
/// <param name="State">Its state; null when only outcomes were touched.</param>
/// <param name="LastAccepted">Server time of its last accepted observation.</param>
/// <param name="Outcomes">The outcomes that were touched.</param>
internal sealed record GameChange(string GameId, GameState? State, DateTimeOffset LastAccepted, IReadOnlyList<OutcomeState> Outcomes);

/// <summary>The state of a game.</summary>
/// <param name="Game">Its fields.</param>
/// <param name="Mark">The newest observation that was accepted for it.</param>
internal sealed record GameState(Game Game, Mark Mark);

/// <summary>One outcome of a game.</summary>
/// <param name="Key">What names it within its game.</param>
/// <param name="Outcome">Its price; null when it is withdrawn.</param>
/// <param name="Mark">The newest observation that was accepted for it.</param>
internal readonly record struct OutcomeState(OutcomeKey Key, Outcome? Outcome, Mark Mark);
