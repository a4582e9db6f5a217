namespace PushNet.Actors.Games;

/// <summary>The types of event. All but <see cref="PriceChange"/> outlive prices in a full queue.</summary>
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

    /// <summary><c>markets</c></summary>
    Markets,

    /// <summary><c>game_removed</c></summary>
    GameRemoved,
}

/// <summary>What the fan-out asks about an event's kind.</summary>
public static class EventKinds
{
    /// <summary>How many kinds there are. They are numbered from 0.</summary>
    public static int Count { get; } = Enum.GetValues<EventKind>().Length;

    /// <summary>True for what outlives prices in a full queue: game state, and the prices of a game that goes live.</summary>
    public static bool IsState(this EventKind kind) => kind is not EventKind.PriceChange;
}
