using PushNet.Web.Security;

namespace PushNet.Web.Rest;

/// <summary>Every route that reads the board (contract section 4).</summary>
internal static class RestRoutes
{
    public static void MapRest(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/v1/sports", KeyScope.Live, CatalogEndpoints.Sports);
        routes.MapRead("/v1/leagues", KeyScope.Live, CatalogEndpoints.Leagues);
        routes.MapRead("/v1/leagues/{code}/games", KeyScope.Live, LeagueEndpoints.Games, "live");
        routes.MapRead("/v1/leagues/{code}/scores", KeyScope.Live, LeagueEndpoints.Scores);
        routes.MapRead("/v1/games/live", KeyScope.Live, GameEndpoints.Live);
        routes.MapRead("/v1/games/search", KeyScope.Live, GameEndpoints.Search, "q", "live");
        routes.MapRead("/v1/games/{id}/scores", KeyScope.Live, GameEndpoints.Scores);

        // Both answer with prices, and prices are what the scope odds is for.
        routes.MapRead("/v1/games/{id}", KeyScope.Odds, MarketEndpoints.Game, "market", "book");
        routes.MapRead("/v1/games/{id}/markets", KeyScope.Odds, MarketEndpoints.Game, "market", "book");
    }

    private static RouteHandlerBuilder MapRead(
        this IEndpointRouteBuilder routes, string pattern, string scope, Delegate handler, params string[] query) =>
        routes.MapGet(pattern, handler).RequireAuthorization(scope).AddEndpointFilter(new QueryRule(query));
}
