using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using PushNet.Actors.Clock;
using PushNet.Actors.Feed;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Bench.Servers;

/// <summary>
/// What both baselines share: the same front door, the same rules and the same JSON as PushNet, so that only the
/// fan-out differs. Here too each event is encoded only once, which is better than most servers do.
/// </summary>
internal static class Baseline
{
    /// <summary>Runs a baseline until it is stopped.</summary>
    public static async Task ServeAsync(ServerKind kind, string urls)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(urls);
        builder.Services.AddSignalR();
        builder.Services.AddSingleton<ChannelBroadcast>();
        builder.Services.AddSingleton<SignalRBroadcast>();
        var app = builder.Build();
        app.UseWebSockets();
        IBroadcast broadcast = kind is ServerKind.Channel
            ? app.Services.GetRequiredService<ChannelBroadcast>()
            : app.Services.GetRequiredService<SignalRBroadcast>();
        broadcast.Map(app);
        app.MapGet("/health", () => "ok");
        app.MapPost("/v1/ingest", (HttpRequest request) => IngestAsync(request, broadcast));
        await app.RunAsync();
    }

    /// <summary>Limits of a board that no benchmark reaches.</summary>
    public static readonly BoardLimits Limits = new()
    {
        MaxGames = int.MaxValue,
        MaxOutcomes = int.MaxValue,
        GameRetention = TimeSpan.FromDays(1),
        DemoRetention = TimeSpan.FromDays(1),
    };

    private static readonly GameBoard Board = new(Limits);
    private static readonly FrameEncoder Encoder = new();

    private static async Task<object> IngestAsync(HttpRequest request, IBroadcast broadcast)
    {
        var features = request.HttpContext.Features;
        features.GetRequiredFeature<IHttpMinRequestBodyDataRateFeature>().MinDataRate = null;
        features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        using var lines = new StreamReader(request.Body);
        var count = 0L;
        while (await lines.ReadLineAsync() is { } line)
        {
            var parsed = FeedParser.Parse(new FeedLine(++count, Encoding.UTF8.GetBytes(line)));
            foreach (var gameEvent in Board.Apply(parsed.Observation!, Moment.Now(TimeProvider.System)).Events)
            {
                var frame = Encoder.Encode(gameEvent).Frame;
                var (offset, length) = WebSocketFrame.PayloadOf(frame.Span);
                await broadcast.SendAsync(frame.Slice(offset, length));
            }
        }

        return new { lines = count };
    }
}

/// <summary>Sends an event to every client.</summary>
internal interface IBroadcast
{
    /// <summary>Adds the address that clients connect to.</summary>
    void Map(WebApplication app);

    /// <summary>Sends the JSON of one event.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> json);
}
