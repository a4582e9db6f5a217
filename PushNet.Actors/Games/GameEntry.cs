namespace PushNet.Actors.Games;

/// <summary>What the board keeps of one game beside its latest state.</summary>
internal sealed class GameEntry(Game game, bool isDemo)
{
    public Game Game { get; set; } = game;

    public bool IsDemo { get; } = isDemo;

    /// <summary>The largest <c>ts</c> accepted for the game's state; older observations are stale.</summary>
    public long? Mark { get; set; }

    /// <summary>Server time of the last accepted observation, of the game or its prices; retention counts from it.</summary>
    public DateTimeOffset LastAccepted { get; set; }

    public Dictionary<OutcomeKey, OutcomeEntry> Outcomes { get; } = [];
}

/// <summary>The latest of one outcome. Stays when it is withdrawn (price null), for the sake of its mark.</summary>
/// <param name="Price">American odds; null when withdrawn.</param>
/// <param name="PlayerId">The player it is about, where there is one.</param>
/// <param name="Mark">The largest <c>ts</c> accepted; older observations are stale.</param>
/// <param name="Ts">The <c>ts</c> of the event that brought the price.</param>
internal readonly record struct OutcomeEntry(decimal? Price, string? PlayerId, long? Mark, long Ts);
