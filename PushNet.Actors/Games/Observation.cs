namespace PushNet.Actors.Games;

/// <summary>What a source saw at one moment (docs/feeding.md#a-game). Not a delta: the board finds out what changed.</summary>
public abstract record Observation
{
    private protected Observation()
    {
    }

    /// <summary>The game it is about.</summary>
    public abstract string GameId { get; }

    /// <summary>When the source saw it, epoch milliseconds; null when the source gave no time.</summary>
    public long? Ts { get; init; }

    /// <summary>
    /// True when <see cref="Ts"/> is the time at which a broker stored the observation, because the source gave none. Such a time is never
    /// too far ahead.
    /// </summary>
    public bool IsTsOfStorage { get; init; }

    /// <summary>Its number among those of the same <see cref="Ts"/>.</summary>
    public Rev Rev { get; init; }

    /// <summary>What the source calls itself. It is recorded and serves no other purpose.</summary>
    public string? Source { get; init; }
}

/// <summary>The full state of a game.</summary>
/// <param name="Game">The game as seen; what the source left out is null.</param>
public sealed record GameObservation(Game Game) : Observation
{
    /// <inheritdoc />
    public override string GameId => Game.GameId;
}

/// <summary>A game is to leave the board, with its prices.</summary>
/// <param name="GameId">The game, which must be known to the board.</param>
public sealed record RemoveObservation(string GameId) : Observation
{
    /// <inheritdoc />
    public override string GameId { get; } = GameId;
}

/// <summary>The price of one outcome.</summary>
/// <param name="GameId">The game, which must be known to the board.</param>
/// <param name="Key">The outcome within the game.</param>
/// <param name="Price">American odds; null withdraws the outcome.</param>
/// <param name="PlayerId">The player the outcome is about, where there is one.</param>
public sealed record PriceObservation(string GameId, OutcomeKey Key, decimal? Price, string? PlayerId) : Observation
{
    /// <inheritdoc />
    public override string GameId { get; } = GameId;

    /// <summary>True when the outcome belongs to the main line among several. Means nothing without a price.</summary>
    public bool IsMain { get; init; }

    /// <summary>Why it is withdrawn, where the source says so.</summary>
    public WithdrawalReason? Reason { get; init; }
}

/// <summary>All outcomes of a game are withdrawn, or those of a book or a market type.</summary>
/// <param name="GameId">The game, which must be known to the board.</param>
public sealed record WithdrawObservation(string GameId) : Observation
{
    /// <inheritdoc />
    public override string GameId { get; } = GameId;

    /// <summary>The book; null for every book.</summary>
    public string? Book { get; init; }

    /// <summary>The market type; null for every one.</summary>
    public string? MarketType { get; init; }

    /// <summary>Why they are withdrawn, where the source says so.</summary>
    public WithdrawalReason? Reason { get; init; }

    /// <summary>True when an outcome is one of them.</summary>
    public bool Selects(OutcomeKey outcome) =>
        (Book is null || outcome.Book == Book) && (MarketType is null || outcome.MarketType == MarketType);
}
