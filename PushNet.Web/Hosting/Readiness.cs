using System.Text.Json.Serialization;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PushNet.Actors.Admission;
using PushNet.Actors.State;
using PushNet.Web.Operators.Port;

namespace PushNet.Web.Hosting;

/// <summary>
/// Tells load balancers whether to send clients here: not while the server is recovering or draining. A board that can't be
/// written (<see cref="BoardStatus.Fault"/>) is served all the same; only ingest is refused meanwhile. A server that can't follow the log
/// is left out, because others may. One that hears nothing of it, or too late, says so, and is left out when another one does follow it.
/// </summary>
internal sealed class Readiness(
    IRequiredActor<GameStateActor> gameState, IRequiredActor<ConnectionLimiter> limiter, CutOffWatch? cutOff = null) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void AddTo(IServiceCollection services) => services.AddHealthChecks().AddCheck<Readiness>("ready");

    /// <summary>
    /// Answers on both ports and without a key: <c>/health/live</c> says that the process answers, <c>/health/ready</c> whether to send
    /// clients.
    /// </summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks($"{OperatorPort.HealthPrefix}/live",
            new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write }).AllowAnonymous();
        routes.MapHealthChecks($"{OperatorPort.HealthPrefix}/ready", new HealthCheckOptions { ResponseWriter = Write }).AllowAnonymous();
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // A board that is being read back from disk answers only afterwards.
            var board = await gameState.ActorRef.Ask<BoardStatus>(new GetBoardStatus(), Patience, cancellationToken);
            var limits = await limiter.ActorRef.Ask<LimiterState>(new GetLimiterState(0), Patience, cancellationToken);
            var why = limits.Closed
                ?? (board.Log is { Standing: LogStanding.Lost or LogStanding.CatchingUp }
                    ? board.Fault ?? "the board is being read back from an image" : cutOff?.WhyNotReady);
            return why is not null ? HealthCheckResult.Unhealthy(why)
                : board.Log is { Standing: LogStanding.CutOff or LogStanding.Behind } ? HealthCheckResult.Degraded(board.Fault)
                : HealthCheckResult.Healthy();
        }
        catch (AskTimeoutException)
        {
            return HealthCheckResult.Unhealthy("the board does not answer yet");
        }
    }

    /// <summary>Writes the body of an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="reason">Why no clients should be sent here; null when they may be.</param>
    public static Task Write(HttpResponse response, string? reason) =>
        response.WriteAsJsonAsync(new Body(reason is null ? Body.Ok : "unavailable", reason));

    private static Task Write(HttpContext context, HealthReport report) =>
        report is { Status: HealthStatus.Degraded, Entries.Values: var entries }
            ? context.Response.WriteAsJsonAsync(new Body("degraded", entries.First().Description))
            : Write(context.Response, report.Entries.Values.Select(entry => entry.Description).FirstOrDefault());

    /// <summary>The body of an answer.</summary>
    /// <param name="Status"><c>ok</c>, <c>degraded</c>, or <c>unavailable</c>.</param>
    /// <param name="Reason">What is wrong, as a sentence; null when nothing is.</param>
    internal sealed record Body(
        string Status,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
    {
        public const string Ok = "ok";

        [JsonIgnore]
        public bool IsOk => Status == Ok;
    }
}
