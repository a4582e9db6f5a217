using System.Buffers;
using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.Extensions.Options;
using PushNet.Actors.Admission;
using PushNet.Actors.Feed;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.Journal;
using PushNet.Actors.State;
using PushNet.Actors.Wire;
using PushNet.Web.Documents;
using PushNet.Web.Http;
using PushNet.Web.Security;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Peers;
using PushNet.Web.Settings;
using PushNet.Web.Telemetry;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace PushNet.Web.Ingest;

/// <summary>
/// <c>POST /v1/ingest</c>: observations as NDJSON, in a small body or in one that streams for hours (docs/feeding.md#post-v1ingest).
/// </summary>
internal sealed class IngestEndpoint(
    ActorSystem system,
    IRequiredActor<GameStateActor> gameState,
    IngestGate gate,
    LinePace pace,
    SourceRegistry sources,
    IngestOptions options,
    IOptions<JsonOptions> json)
{
    private const string Ndjson = "application/x-ndjson";

    /// <summary>How long the sender of a body that was ended early has to read its summary and close.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly ActorMaterializer _materializer = system.Materializer(namePrefix: "ingest");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/ingest", (HttpContext context, IngestEndpoint endpoint) => endpoint.Serve(context))
            .RequireAuthorization(KeyScope.Ingest)
            .WithName("ingest")
            .WithSummary("Feed")
            .WithDescription("Takes observations as NDJSON, in a small body or in one that streams for hours.")
            .WithTags("Feeding")
            .WithMetadata(new AnswerDescription(
                AnswerSchemas.IngestSummary, StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable));

    private async Task Serve(HttpContext context)
    {
        if (Fault(context.Request) is { } fault)
        {
            context.CountRefusal(RefusalReason.Query);
            await context.Response.WriteErrorAsync(StatusCodes.Status400BadRequest, fault);
            return;
        }

        var secret = KeyIdentity.Of(context);
        using var body = gate.TryEnter(secret, context.Abort, out var refused);
        if (body is null)
        {
            await Refuse(context, secret, refused);
            return;
        }

        LongRequest.LiftLimits(context.Features);
        await Receive(context, body, withAcks: context.Request.Query["acks"] == "1");
    }

    private Task Refuse(HttpContext context, HashedSecret secret, ShareRefused? refused)
    {
        const string what = "ingest bodies";
        const string remedy = "end one, or send again later";
        if (refused is null)
        {
            context.CountRefusal(RefusalReason.Draining);
            return context.Response.WriteErrorAsync(StatusCodes.Status503ServiceUnavailable, "the server is stopping; send again later");
        }

        return gate.IsOfAll(refused.Share)
            ? ShareUsedUp.Write(context.Response, refused, "all keys together", what, remedy)
            : ShareUsedUp.Write(context.Response, refused, secret, what, remedy);
    }

    private static string? Fault(HttpRequest request) =>
        request.ContentType?.Split(';')[0].Trim().Equals(Ndjson, StringComparison.OrdinalIgnoreCase) != true
            ? $"send observations as Content-Type: {Ndjson}, one JSON object per line"
        : request.Query.Keys.FirstOrDefault(name => name is not (KeyCarrier.QueryKey or "acks")) is { } unknown
            ? $"\"{unknown}\" is not a query key of ingest; the only one beside the key is acks"
        : request.Query.TryGetValue("acks", out var acks) && acks.ToString() is not ("0" or "1") ? "acks must be 0 or 1"
        : BodyEncoding.Fault(request);

    private async Task Receive(HttpContext context, IngestBody body, bool withAcks)
    {
        var (request, response) = (context.Request, context.Response);
        response.ContentType = withAcks ? Ndjson : "application/json; charset=utf-8";
        if (withAcks)
        {
            await response.StartAsync(context.RequestAborted);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        using var trace = Traces.Ingest(context.User.Identity!.Name!);
        var tally = new IngestTally();
        var bytes = BodyEncoding.Decode(request);
        var receipts = Source
            .From(() => NdjsonBody.ReadAsync(bytes, body, options.IdleTimeout, pace))
            .Via(FeedPipeline.Into(gameState.ActorRef,
                sources.Of($"{SourceReport.OfKeys}:{context.User.Identity!.Name}", SourceReport.OfKeys, options.StaleAfter)))
            .RunAsAsyncEnumerable(_materializer);
        IngestFault? unavailable = null;
        try
        {
            await foreach (var receipt in receipts.WithCancellation(context.RequestAborted))
            {
                tally.Add(receipt);
                if (withAcks)
                {
                    await WriteLine(response, tally.Ack);
                }
            }
        }
        catch (Exception e) when (e.GetBaseException() is BoardUnavailableException cause)
        {
            context.CountRefusal(RefusalReason.Board);
            unavailable = new IngestFault(StatusCodes.Status503ServiceUnavailable, cause.Message);
            if (!response.HasStarted)
            {
                response.Headers.RetryAfter = "1";
            }
        }

        var fault = unavailable ?? body.Fault;
        if (fault is not null && !response.HasStarted)
        {
            response.StatusCode = fault.Status;
        }

        var summary = tally.Summary(fault);
        trace?.SetTag("pushnet.lines", summary.Lines).SetTag("pushnet.rejected", summary.Rejected);
        await WriteLine(response, summary);
        await response.CompleteAsync();
        if (!await NdjsonBody.DiscardAsync(request.BodyReader, LastWords))
        {
            // The sender still has the connection open although it was told the end, and a stopping server can't wait for it.
            context.Abort();
        }
    }

    private async Task WriteLine<T>(HttpResponse response, T value)
    {
        using (var line = new Utf8JsonWriter(response.BodyWriter, WireJson.Options))
        {
            JsonSerializer.Serialize(line, value, json.Value.SerializerOptions);
        }

        response.BodyWriter.Write("\n"u8);
        await response.BodyWriter.FlushAsync();
    }
}
