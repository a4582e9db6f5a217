using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Actors.Games;
using PushNet.Web.Documents;
using PushNet.Web.Operations;

namespace PushNet.Web.Rest;

/// <summary><c>GET /health</c> (contract section 4), open to everybody.</summary>
internal static class HealthEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", Health)
            .AllowAnonymous()
            .WithSummary("Health")
            .WithDescription("Is the server there, and is its data fresh. Needs no key.")
            .WithTags("Operating")
            .WithMetadata(new AnswerDescription(AnswerSchemas.Health));

    private static async Task<HealthBody> Health(
        IRequiredActor<GameStateActor> gameState, IRequiredActor<ConnectionLimiter> limiter, ConnectionCap cap)
    {
        var board = await gameState.ActorRef.Ask<BoardStatus>(new GetBoardStatus(), Patience);
        var slots = await limiter.ActorRef.Ask<SlotUsage>(new GetSlotUsage(), Patience);
        return new HealthBody(
            "ok",
            board.Games,
            board.Live,
            slots.InUse,
            board.Sources.ToDictionary(source => source.Key, source => FeedBody.From(source.Value)),
            board.SilentLive,
            slots.Limit,
            cap.Warning);
    }

    private sealed record HealthBody(
        string Status, int Games, int Live, int Connections, IReadOnlyDictionary<string, FeedBody> Feed, int SilentLive, int MaxConnections, string? Warning);

    private sealed record FeedBody(long LastObservationMs, long Applied, long Unchanged, long Stale, long Rejected)
    {
        public static FeedBody From(SourceStatus source) => new(
            source.LastObservation.ToUnixTimeMilliseconds(), source.Counts.Applied, source.Counts.Unchanged, source.Counts.Stale, source.Counts.Rejected);
    }
}
