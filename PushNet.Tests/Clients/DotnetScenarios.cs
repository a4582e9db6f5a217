using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using PushNet.Client;

namespace PushNet.Tests.Clients;

/// <summary>Plays every scenario of a server with the client of clients/dotnet.</summary>
internal static class DotnetScenarios
{
    private static readonly JsonSerializerOptions AsOnTheWire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // The first alone: until everything is compiled, a handshake may take longer than scenarios of silence allow.
    public static async Task<List<JsonObject>> PlayAllAsync(string authority) =>
    [
        await PlayAsync(authority, 0, Scenario.All[0].ForRunner),
        .. await Task.WhenAll(Enumerable.Range(1, Scenario.All.Count - 1)
            .Select(number => PlayAsync(authority, number, Scenario.All[number].ForRunner))),
    ];

    private static async Task<JsonObject> PlayAsync(string authority, int number, JsonObject scenario)
    {
        using var stop = new CancellationTokenSource();
        var (states, waits, pauses, boards) = (new JsonArray(), new JsonArray(), new JsonArray(), new JsonArray());
        var (isWaiting, since) = (false, 0L);
        var client = new PushNetClient(
            $"{scenario["scheme"]?.GetValue<string>() ?? "ws"}://{authority}/ws/odds?scenario={number}",
            scenario["key"]?.GetValue<string>() ?? ScenarioServer.Key,
            new PushNetClientOptions
            {
                MinDelay = TimeSpan.FromMilliseconds(40),
                MaxDelay = TimeSpan.FromMilliseconds(200),
                PingInterval = TimeSpan.FromMilliseconds(scenario["ping_ms"]?.GetValue<int>() ?? 10_000),
            });
        client.StateChanged += (_, _) =>
        {
            if (isWaiting && client.State is ClientState.Connecting)
            {
                pauses.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }

            (isWaiting, since) = (client.State is ClientState.Waiting, Stopwatch.GetTimestamp());
            var state = client.State.ToString().ToLowerInvariant();
            states.Add(client.Error is null ? state : $"{state}: {client.Error}");
            if (client.RetryAt is { } retryAt)
            {
                var wait = retryAt - TimeProvider.System.GetUtcNow();
                waits.Add((long)wait.TotalMilliseconds);
                if (wait > Patience)
                {
                    stop.Cancel();
                }
            }
        };
        try
        {
            await foreach (var frame in client.FollowAsync(stop.Token))
            {
                if (frame.Type is "check" or "end")
                {
                    boards.Add(Board(client.Board));
                }

                if (frame.Type == "end")
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It would have waited for longer than anybody does here.
        }
        catch (PushNetException e)
        {
            Assert.Equal((client.State, client.Error), (e.State, e.Message));
        }

        var told = new JsonObject { ["states"] = states, ["waits"] = waits, ["pauses"] = pauses, ["boards"] = boards };
        return JsonNode.Parse(told.ToJsonString())!.AsObject();
    }

    private static JsonObject Board(Board board) => new()
    {
        ["games"] = new JsonArray([.. board.Games.Values.OrderBy(game => game.GameId, StringComparer.Ordinal)
            .Select(game => JsonSerializer.SerializeToNode(game, game.GetType(), AsOnTheWire))]),
        ["prices"] = new JsonArray([.. board.GamesWithPrices.Order(StringComparer.Ordinal)
            .SelectMany(id => board.PricesOf(id).Values.OrderBy(price => price.Key.ToString(), StringComparer.Ordinal)
                .Select(price => Offer(id, price)))]),
        ["seq"] = board.Seq,
        ["dropped"] = board.Dropped,
        ["stale"] = board.IsStale,
        ["stale_feeds"] = JsonSerializer.SerializeToNode(board.StaleFeeds, AsOnTheWire),
    };

    private static JsonObject Offer(string gameId, Price price) => new()
    {
        ["game_id"] = gameId,
        ["market"] = price.Key.Market,
        ["book"] = price.Key.Book,
        ["outcome"] = price.Key.Outcome,
        ["points"] = price.Key.Points,
        ["price"] = price.American,
        ["reason"] = price.Reason,
        ["main"] = price.IsMain,
        ["ts"] = price.Ts,
        ["seq"] = price.Seq,
    };
}
