using PushNet.Web.Documents;
using PushNet.Web.Security;

namespace PushNet.Web.Rest;

/// <summary>Every route that reads the board (docs/protocol.md#rest).</summary>
internal static class RestRoutes
{
    public static void MapRest(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/v1/sports", KeyScope.Live, CatalogEndpoints.Sports)
            .Describe("get_sports", "Sports", "The sports of the games on the board.", AnswerSchemas.Sports);
        routes.MapRead("/v1/leagues", KeyScope.Live, CatalogEndpoints.Leagues)
            .Describe("get_leagues", "Leagues", "The leagues of the games on the board.", AnswerSchemas.Leagues);
        routes.MapRead("/v1/leagues/{code}/games", KeyScope.Live, LeagueEndpoints.Games, "live", QueryRule.Seen)
            .Describe("get_league_games", "League games", "All games of a league. A league that is not on the board has none.",
                AnswerSchemas.LeagueGames);
        routes.MapRead("/v1/leagues/{code}/scores", KeyScope.Live, LeagueEndpoints.Scores)
            .Describe("get_league_scores", "League scores", "The scores of the live games of a league.", AnswerSchemas.LeagueScores);
        routes.MapRead("/v1/games/live", KeyScope.Live, GameEndpoints.Live, QueryRule.Seen)
            .Describe("get_live_games", "Live games", "All live games, as in a snapshot.", AnswerSchemas.LiveGames);
        routes.MapRead("/v1/games/search", KeyScope.Live, GameEndpoints.Search, "q", "live")
            .Describe("search_games", "Search", $"The games that a text finds: at most {GameSearch.MaxFound}, the live ones first.",
                AnswerSchemas.FoundGames);
        routes.MapRead("/v1/games/{id}/scores", KeyScope.Live, GameEndpoints.Scores)
            .Describe("get_game_scores", "Scores of a game", "The score of one game.", AnswerSchemas.GameScores,
                StatusCodes.Status404NotFound);

        // These answer with prices, and prices are what the scope odds is for.
        routes.MapRead("/v1/leagues/{code}/markets", KeyScope.Odds, MarketEndpoints.League, "market", "book", "live", QueryRule.Seen)
            .Describe("get_league_markets", "Markets of a league", "The games of a league with their prices.", AnswerSchemas.LeagueMarkets);
        routes.MapRead("/v1/games/{id}", KeyScope.Odds, MarketEndpoints.Game, "market", "book", QueryRule.Seen)
            .Describe("get_game", "A game", "One game with its prices.", AnswerSchemas.GameMarkets, StatusCodes.Status404NotFound);
        routes.MapRead("/v1/games/{id}/markets", KeyScope.Odds, MarketEndpoints.Game, "market", "book", QueryRule.Seen)
            .Describe("get_game_markets", "Markets of a game", "One game with its prices, as at /v1/games/{id}.", AnswerSchemas.GameMarkets,
                StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder MapRead(
        this IEndpointRouteBuilder routes, string pattern, string scope, Delegate handler, params string[] query) =>
        routes.MapGet(pattern, handler).RequireAuthorization(scope)
            .AddEndpointFilter(new QueryRule(query))
            .AddEndpointFilter(
                (context, next) => context.HttpContext.RequestServices.GetRequiredService<ReadLimit>().InvokeAsync(context, next));

    private static void Describe(
        this RouteHandlerBuilder route, string id, string summary, string description, string answer, params int[] errors) => route
        .WithName(id)
        .WithSummary(summary)
        .WithDescription(description)
        .WithTags("Reading")
        .WithMetadata(new AnswerDescription(answer, [StatusCodes.Status304NotModified, StatusCodes.Status400BadRequest, .. errors]));
}
