using PushNet.Actors.Games;

namespace PushNet.Actors.Subscriptions;

/// <summary>
/// Which events a subscriber wants. Every key narrows, and the values of one key are alternatives. League, sport and game narrow
/// everything; book and market narrow prices only. Pure; equal filters select the same.
/// </summary>
public sealed record EventFilter
{
    /// <summary>Selects everything.</summary>
    public static readonly EventFilter None = new();

    /// <summary>League codes.</summary>
    public AnyOf League { get; init; } = AnyOf.Everything;

    /// <summary>Sport categories.</summary>
    public AnyOf Sport { get; init; } = AnyOf.Everything;

    /// <summary>Game ids or slugs; the games need not be known yet.</summary>
    public AnyOf Game { get; init; } = AnyOf.Everything;

    /// <summary>Books of prices.</summary>
    public AnyOf Book { get; init; } = AnyOf.Everything;

    /// <summary>Market types of prices.</summary>
    public AnyOf Market { get; init; } = AnyOf.Everything;

    /// <summary>True when all games are selected.</summary>
    public bool SelectsAllGames => League.IsEverything && Sport.IsEverything && Game.IsEverything;

    /// <summary>True when all prices of a selected game are selected.</summary>
    public bool SelectsAllPrices => Book.IsEverything && Market.IsEverything;

    /// <summary>True when everything is selected.</summary>
    public bool IsNone => SelectsAllGames && SelectsAllPrices;

    /// <summary>True when a game and its state events are selected.</summary>
    public bool Selects(Game game) =>
        League.Has(game.PnLeagueCode) && Sport.Has(game.SportCategory)
        && (Game.Has(game.GameId) || (game.PnSlug is { } slug && Game.Has(slug)));

    /// <summary>True when an outcome of a selected game is selected.</summary>
    public bool Selects(OutcomeKey outcome) => Book.Has(outcome.Book) && Market.Has(outcome.MarketType);

    /// <summary>True when an event is selected.</summary>
    public bool Selects(GameEvent gameEvent) =>
        Selects(gameEvent.Game) && (gameEvent is not PriceChange price || Selects(price.Key));
}
