using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.State;
using PushNet.Web.Data;
using PushNet.Web.Documents;
using PushNet.Web.Security.Keys;
using PushNet.Web.Sockets.Accepting;

namespace PushNet.Web.Hosting;

/// <summary><c>GET /health</c> (docs/protocol.md#health), open to everybody.</summary>
internal static class HealthEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", Health)
            .AllowAnonymous()
            .WithName("get_health")
            .WithSummary("Health")
            .WithDescription("Says whether the server is up and its data is fresh. Needs no key.")
            .WithTags("Operating")
            .WithMetadata(new AnswerDescription(AnswerSchemas.Health));

    private static async Task<HealthBody> Health(
        IRequiredActor<GameStateActor> gameState,
        IRequiredActor<ConnectionLimiter> limiter,
        SourceRegistry sources,
        BoardHold hold,
        BoardLosses losses,
        ApiKeyRing keys,
        CapAtStart start,
        AcceptLimit accepted)
    {
        var board = await gameState.ActorRef.Ask<BoardStatus>(new GetBoardStatus(), Patience);
        var slots = await limiter.ActorRef.Ask<SlotUsage>(new GetSlotUsage(), Patience);
        var reports = sources.Reports;
        string[] degraded = [.. new[] { hold.Store?.Files?.Fault ?? board.Fault }
            .Concat(losses.Sentences).Append(keys.StoreFault).Append(Fullness(board))
            .Concat(reports.Select(report => report.Problem)).OfType<string>()];
        return new HealthBody(
            degraded.Length == 0 ? "ok" : "degraded",
            board.Games,
            board.Live,
            slots.InUse,
            sources.ForEverybody.ToDictionary(report => report.Name, HealthBody.OfFeed.From),
            degraded,
            board.SilentLive,
            slots.Limit,
            start.Cap.Warning,
            accepted.Count,
            start.Cap.Accepted,
            accepted.Evicted,
            board.Evicted > 0 ? board.Evicted : null,
            HealthBody.OfLog.From(board));
    }

    private static string? Fullness(BoardStatus board) => board.Games < board.MaxGames ? null
        : $"the board is full with {board.Games} games: others are rejected, but for those that come live, which take the place of the "
            + "longest finished, or else of the farthest unplayed without prices; raise PushNet__Limits__MaxGames";
}
