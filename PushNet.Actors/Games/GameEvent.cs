using System.Collections.Immutable;

namespace PushNet.Actors.Games;

/// <summary>Something that changed on the board and that subscribers are told (docs/protocol.md#deltas).</summary>
/// <param name="Game">The game right after the change.</param>
/// <param name="Ts">Epoch milliseconds: the observation's own time, or the server's when it has none.</param>
/// <param name="Seq">Its number; one numbering for all events of the server, growing by 1.</param>
public abstract record GameEvent(Game Game, long Ts, long Seq)
{
    /// <summary>The event's type on the wire.</summary>
    public abstract EventKind Kind { get; }

    /// <summary>Whom it is for, when it is not for everybody.</summary>
    public virtual Aside Aside => Aside.None;

    /// <summary>Which of the asides behind its number it is, from 1; 0 for an event that has the number.</summary>
    public int AsideNumber { get; init; }

    /// <summary>Its place in the stream.</summary>
    public Place Place => new(Seq, AsideNumber);

    /// <summary>
    /// False for an aside: it takes no number, and <see cref="Seq"/> is that of the newest event before it.
    /// </summary>
    public bool IsNumbered => Aside is Aside.None;
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
    /// <summary>
    /// True when it tells only details, such as the last play or the weather. Then only the clients that asked for details are told.
    /// </summary>
    public bool IsOfDetails { get; init; }

    /// <inheritdoc />
    public override EventKind Kind => EventKind.GameUpdate;

    /// <inheritdoc />
    public override Aside Aside => IsOfDetails ? Aside.Details : Aside.None;
}

/// <summary>The score, by period or in total, the period or the clock changed.</summary>
public sealed record ScoreChange(Game Game, long Ts, long Seq) : GameEvent(Game, Ts, Seq)
{
    /// <inheritdoc />
    public override EventKind Kind => EventKind.ScoreChange;
}

/// <summary>The game moved between unplayed, live and final, in either direction.</summary>
/// <param name="Game">The game right after the change.</param>
/// <param name="OldStatus">The status before.</param>
/// <param name="Ts">Epoch milliseconds.</param>
/// <param name="Seq">Its number.</param>
public sealed record StatusChange(Game Game, GameStatus OldStatus, long Ts, long Seq) : GameEvent(Game, Ts, Seq)
{
    /// <inheritdoc />
    public override EventKind Kind => EventKind.StatusChange;
}

/// <summary>The game ended. Comes directly after its <see cref="StatusChange"/>.</summary>
public sealed record GameFinal(Game Game, long Ts, long Seq) : GameEvent(Game, Ts, Seq)
{
    /// <inheritdoc />
    public override EventKind Kind => EventKind.GameFinal;
}

/// <summary>The price of an outcome changed, or the outcome joined or left the main line.</summary>
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

    /// <summary>Why it was withdrawn, where the source said so.</summary>
    public WithdrawalReason? Reason { get; init; }

    /// <summary>True when the outcome belongs to the main line among several.</summary>
    public bool IsMain { get; init; }

    /// <summary>True when it belonged to the main line before the change.</summary>
    public bool WasMain { get; init; }
}

/// <summary>The prices of a game that goes live. Comes directly behind the event that tells so.</summary>
/// <param name="Game">The game.</param>
/// <param name="Outcomes">Its outcomes; null in the place of a withdrawn one.</param>
/// <param name="Ts">Epoch milliseconds.</param>
/// <param name="Seq">The number of the newest event before it.</param>
public sealed record GameMarkets(Game Game, ImmutableList<Outcome?> Outcomes, long Ts, long Seq) : GameEvent(Game, Ts, Seq)
{
    /// <inheritdoc />
    public override EventKind Kind => EventKind.Markets;

    /// <inheritdoc />
    public override Aside Aside => Aside.Markets;

    /// <summary>Which of the outcomes it shows; null for all.</summary>
    public Func<OutcomeKey, bool>? Selects { get; init; }

    /// <summary>The prices that it shows, by market type.</summary>
    public ILookup<string, Outcome> Markets => GameView.ByMarket(Outcomes, Selects);
}

/// <summary>A game left the board, and its prices with it.</summary>
/// <param name="Game">The game as it was.</param>
/// <param name="Ts">Epoch milliseconds.</param>
/// <param name="Seq">The number of the newest event before it.</param>
public sealed record RemovedGame(Game Game, long Ts, long Seq) : GameEvent(Game, Ts, Seq)
{
    /// <inheritdoc />
    public override EventKind Kind => EventKind.GameRemoved;

    /// <inheritdoc />
    public override Aside Aside => Aside.Removal;
}
