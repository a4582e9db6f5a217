using System.Collections.Immutable;

namespace PushNet.Actors.Games;

/// <summary>Something that changed on the board and that subscribers are told (docs/protocol.md#deltas).</summary>
/// <param name="Game">The game right after the change.</param>
/// <param name="Ts">Epoch milliseconds: the observation's own time, else the server's.</param>
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
    /// True when it tells details alone: last play, weather and the like. Then only the clients that asked for them are told.
    /// </summary>
    public bool IsOfDetails { get; init; }

    /// <inheritdoc />
    public override EventKind Kind => EventKind.GameUpdate;

    /// <inheritdoc />
    public override Aside Aside => IsOfDetails ? Aside.Details : Aside.None;
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

/// <summary>The price of an outcome changed, or it became, or is no longer, of the main line.</summary>
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

    /// <summary>True when it is of the main line among many.</summary>
    public bool IsMain { get; init; }

    /// <summary>The same before the change.</summary>
    public bool WasMain { get; init; }
}

/// <summary>The prices of a game that goes live; directly behind the event that tells it.</summary>
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
