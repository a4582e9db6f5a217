namespace PushNet.Actors.Games;

/// <summary>The types of event. All but <see cref="PriceChange"/> are game state.</summary>
public enum EventKind
{
    /// <summary><c>new_game</c></summary>
    NewGame,

    /// <summary><c>score_change</c></summary>
    ScoreChange,

    /// <summary><c>status_change</c></summary>
    StatusChange,

    /// <summary><c>game_final</c></summary>
    GameFinal,

    /// <summary><c>price_change</c></summary>
    PriceChange,

    /// <summary><c>game_update</c></summary>
    GameUpdate,
}

/// <summary>What the fan-out asks of an event's kind.</summary>
public static class EventKinds
{
    /// <summary>How many kinds there are; they number from 0.</summary>
    public const int Count = 6;

    /// <summary>True for game state, which outlives prices in a full queue.</summary>
    public static bool IsState(this EventKind kind) => kind is not EventKind.PriceChange;
}
