namespace PushNet.Actors.Games;

/// <summary>Something that changed on the board and that subscribers are told (docs/protocol.md#deltas).</summary>
/// <param name="Game">The game right after the change.</param>
/// <param name="Ts">Epoch milliseconds: the observation's own time, else the server's.</param>
/// <param name="Seq">Its number; one numbering for all events of the server, growing by 1.</param>
public abstract record GameEvent(Game Game, long Ts, long Seq)
{
    /// <summary>The event's type on the wire.</summary>
    public abstract EventKind Kind { get; }

    /// <summary>
    /// False for what only those are told who asked for it: it takes no number, and <see cref="Seq"/> is that of the newest event
    /// before it.
    /// </summary>
    public virtual bool IsNumbered => true;
}

/// <summary>A game was seen for the first time.</summary>
public sealed record NewGame(Game Game, long Ts, long Seq) : GameEvent(Game, Ts, Seq)
{
    /// <inheritdoc />
    public override EventKind Kind => EventKind.NewGame;
}

/// <summary>Teams, start, slug, venue, broadcast, detail of the status or winner changed, or only what surrounds the score.</summary>
public sealed record GameUpdate(Game Game, long Ts, long Seq) : GameEvent(Game, Ts, Seq)
{
    /// <summary>True when it tells details alone: last play, weather and the like. Then only those are told who asked for them.</summary>
    public bool IsOfDetails { get; init; }

    /// <inheritdoc />
    public override EventKind Kind => EventKind.GameUpdate;

    /// <inheritdoc />
    public override bool IsNumbered => !IsOfDetails;
}

/// <summary>Score, by period or in all, period or clock changed.</summary>
public sealed record ScoreChange(Game Game, long Ts, long Seq) : GameEvent(Game, Ts, Seq)
{
    /// <inheritdoc />
    public override EventKind Kind => EventKind.ScoreChange;
}

/// <summary>The game moved along unplayed, live, final; either way.</summary>
/// <param name="Game">The game right after the change.</param>
/// <param name="OldStatus">The status before.</param>
/// <param name="Ts">Epoch milliseconds.</param>
/// <param name="Seq">Its number.</param>
public sealed record StatusChange(Game Game, GameStatus OldStatus, long Ts, long Seq) : GameEvent(Game, Ts, Seq)
{
    /// <inheritdoc />
    public override EventKind Kind => EventKind.StatusChange;
}

/// <summary>The game ended; directly after its <see cref="StatusChange"/>.</summary>
public sealed record GameFinal(Game Game, long Ts, long Seq) : GameEvent(Game, Ts, Seq)
{
    /// <inheritdoc />
    public override EventKind Kind => EventKind.GameFinal;
}

/// <summary>The price of an outcome changed.</summary>
/// <param name="Game">The outcome's game.</param>
/// <param name="Key">The outcome.</param>
/// <param name="OldPrice">American odds before; null for a first price and after a withdrawal.</param>
/// <param name="NewPrice">American odds now; null when withdrawn.</param>
/// <param name="Ts">Epoch milliseconds.</param>
/// <param name="Seq">Its number.</param>
public sealed record PriceChange(Game Game, OutcomeKey Key, decimal? OldPrice, decimal? NewPrice, long Ts, long Seq)
    : GameEvent(Game, Ts, Seq)
{
    /// <inheritdoc />
    public override EventKind Kind => EventKind.PriceChange;
}
