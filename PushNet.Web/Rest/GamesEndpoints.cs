using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Games;
using PushNet.Web.Security;

namespace PushNet.Web.Rest;

/// <summary>The games of contract section 4.</summary>
internal static class GamesEndpoints
{
    public static void MapGames(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/games/live", LiveGames).RequireAuthorization(KeyScope.Live);

    private static async Task LiveGames(HttpContext context, IRequiredActor<GameStateActor> gameState)
    {
        var snapshot = await gameState.ActorRef.Ask<BoardSnapshot>(new GetSnapshot(), context.RequestAborted);

        // The games are encoded already, shared with the sockets; only the frame around them is made here.
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var body = context.Response.BodyWriter;
        await context.Response.WriteAsync($$"""{"count":{{snapshot.Games.Count}},"games":""", context.RequestAborted);
        await body.WriteAsync(snapshot.Games.Json, context.RequestAborted);
        await context.Response.WriteAsync($$""","seq":{{snapshot.Seq}}}""", context.RequestAborted);
    }
}
