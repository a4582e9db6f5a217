using System.Text;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Security.Keys;

namespace PushNet.Tests.Documents;

/// <summary>
/// Plays one small match on a running server and keeps what it sends: every type of frame and every answer over HTTP, by
/// name. The documents are checked against them, and the examples in docs/ are them.
/// </summary>
[CollectionDefinition(Name)]
public sealed class Examples : IAsyncLifetime, ICollectionFixture<Examples>
{
    public const string Name = "examples";

    /// <summary>When the match was, long ago on any machine.</summary>
    private const long Start = 1_736_998_200_000;

    private const string Match = "g-1001";

    /// <summary>Frames by name: their type, and behind a colon what is special.</summary>
    public SortedDictionary<string, string> Frames { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers by path of the OpenAPI document; errors and others by a name of their own.</summary>
    public SortedDictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    public string OpenApi { get; private set; } = "";

    public string AsyncApi { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await using (var server = await PushServer.StartAsync(("Limits:QueueCapacity", "64")))
        {
            OpenApi = await server.Http.GetStringAsync("/openapi.json");
            AsyncApi = await server.Http.GetStringAsync("/asyncapi.json");
            await PlayMatch(server);
            await Read(server);
            await Feed(server);
            await FallBehind(server);
            await Converse(server);
        }

        await NewerExamples.CaptureAsync(Frames, Answers);
        Answers["full"] = await Crowd(("Limits:MaxConnections", "1"));
        Answers["share"] = await Crowd(("Limits:MaxConnectionsPerAddress", "1"), ("Limits:SpareLoopback", "false"));
        Answers["revoked"] = await Revoke();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task PlayMatch(PushServer server)
    {
        using var odds = await server.JoinAsync("odds");
        string[] lines =
        [
            Game(0, "unplayed", "{}"),
            Game(0, "live", """{"score_home":0,"score_away":0,"period":"1","clock":"12:00"}"""),
            Price(0, "-110"),
            Price(1, "-115.5"),
            Price(2, "null"),
            Game(3, "live", """{"score_home":2,"score_away":0,"period":"1","clock":"11:41","last_play":"LeBron James dunk"}"""),
            Price(4, "-112"),
        ];
        await server.IngestAsync(lines);
        using var live = await server.JoinAsync("live");
        Frames["welcome"] = live.Welcome.GetRawText();
        Frames["snapshot"] = live.Snapshot.GetRawText();
        await server.IngestAsync(Game(9000, "final", """{"score_home":102,"score_away":99,"period":"4","clock":"00:00"}"""));
        string[] names =
        [
            "new_game", "score_change:first", "status_change", "price_change:first", "price_change", "price_change:withdrawn",
            "score_change", "price_change:again", "score_change:last", "status_change:last", "game_final",
        ];
        foreach (var name in names)
        {
            Frames[name] = (await odds.ReceiveTextAsync())!;
        }

        using var asking = await PushClient.JoinAsync(
            server.Address("odds", $"key={PushServer.Key}&league=nba&book=pinnacle&prices=snapshot&conflate=250"));
        Frames["welcome:asked"] = asking.Welcome.GetRawText();
        using var following = await PushClient.JoinAsync(server.Address("odds", $"key={PushServer.Key}&prices=snapshot"));
        using var all = await PushClient.JoinAsync(server.Address("live", $"key={PushServer.Key}&games=all"));
        Frames["welcome:all"] = all.Welcome.GetRawText();
        Frames["snapshot:all"] = all.Snapshot.GetRawText();
        await server.IngestAsync(Game(9001, "live", """{"score_home":102,"score_away":99,"period":"5","clock":"05:00"}"""));
        Frames["markets"] = await NextAsync(following, "markets");
        using var priced = await PushClient.JoinAsync(server.Address("odds", $"key={PushServer.Key}&prices=snapshot"));
        Frames["snapshot:priced"] = priced.Snapshot.GetRawText();
        await server.IngestAsync(Price(9001, "-112,\"main\":true"));
        Frames["price_change:main"] = await NextAsync(priced, "price_change");
        var other = Page.Feeding.Example("a game");
        await server.IngestAsync(
            other, Page.Feeding.Example("a price"), Page.Feeding.Example("a withdrawal"), Page.Feeding.Example("a removal"));
        Frames["price_change:suspended"] = await NextAsync(priced, "suspended\",\"ts");
        Frames["game_removed"] = await NextAsync(all, "game_removed");
    }

    private static async Task<string> NextAsync(PushClient client, string type)
    {
        while (true)
        {
            var text = (await client.ReceiveTextAsync())!;
            if (text.Contains($"\"{type}\"", StringComparison.Ordinal))
            {
                return text;
            }
        }
    }

    private async Task Read(PushServer server)
    {
        (string Path, string Of)[] paths =
        [
            ("/health", ""), ("/v1/sports", ""), ("/v1/leagues", ""), ("/v1/games/live", ""),
            ("/v1/leagues/{code}/games", "/v1/leagues/nba/games"), ("/v1/leagues/{code}/scores", "/v1/leagues/nba/scores"),
            ("/v1/leagues/{code}/markets", "/v1/leagues/nba/markets?market=spreads"),
            ("/v1/games/search", "/v1/games/search?q=lakers"), ("/v1/games/{id}", $"/v1/games/{Match}"),
            ("/v1/games/{id}/markets", $"/v1/games/{Match}/markets?market=spreads"), ("/v1/games/{id}/scores", $"/v1/games/{Match}/scores"),
        ];
        foreach (var (path, of) in paths)
        {
            Answers[path] = await server.Http.GetStringAsync(of.Length > 0 ? of : path);
        }

        Answers["error"] = await (await server.Http.GetAsync("/v1/games/g-9")).Content.ReadAsStringAsync();
    }

    private async Task Feed(PushServer server)
    {
        var (game, price) = (Page.Feeding.Example("a game"), Page.Feeding.Example("a price"));
        string[] lines = [game, price, price.Replace("g-7", "g-8", StringComparison.Ordinal), "no JSON",
            price.Replace(",\"price\":-188", "", StringComparison.Ordinal)];
        using var body = PushServer.Ndjson(lines);
        Answers["/v1/ingest"] = await (await server.Http.PostAsync("/v1/ingest", body)).Content.ReadAsStringAsync();

        using var client = await server.ConnectAsync();
        await client.SendAsync(IngestTests.ChunkedPost($"{Renamed(game)}\n{Renamed(price)}\n", "acks=1"));
        await client.ReadHeadAsync();
        Answers["ack"] = await client.ReadBodyAsync();
        await client.SendAsync(IngestTests.Chunk(string.Join('\n', lines[2..]) + "\n"));
        Answers["ack:later"] = await client.ReadBodyAsync();

        static string Renamed(string line) => line.Replace("g-7", "g-70", StringComparison.Ordinal);
    }

    private async Task FallBehind(PushServer server)
    {
        using var stalled = await (await server.ConnectAsync(receiveBuffer: 4096)).JoinAsync("odds");

        // Over 4 MB, which is what a loopback connection takes in for a client that reads nothing.
        for (var part = 0; part < 20; part++)
        {
            await server.IngestAsync(Lines.MovingPrices(Match, 1000, from: part * 1000)
                .Append(Game(9002 + part, "live", $$"""{"score_home":102,"score_away":{{100 + part}},"period":"5","clock":"04:00"}""")));
        }

        while (await stalled.ReadUntilAsync(RawFrame.Text) is { } frame)
        {
            if (frame.Type == "lagged")
            {
                Frames["lagged"] = Encoding.UTF8.GetString(frame.Payload);
                return;
            }
        }
    }

    private async Task Converse(PushServer server)
    {
        using var client = await server.JoinAsync("live");
        await client.SendAsync("""{"type":"ping"}""");
        Frames["pong"] = (await client.ReceiveTextAsync())!;
        await client.SendAsync("hello");
        Frames["error"] = (await client.ReceiveTextAsync())!;
        var stopping = server.StopAsync();
        Frames["reconnect"] = (await client.ReceiveTextAsync())!;
        Assert.Null(await client.ReceiveTextAsync());
        await stopping;
    }

    private static async Task<string> Crowd(params (string, string)[] settings)
    {
        await using var server = await PushServer.StartAsync(settings);
        using var taken = await server.JoinAsync("live");
        return await (await server.Http.GetAsync("/ws/live")).Content.ReadAsStringAsync();
    }

    private static async Task<string> Revoke()
    {
        using var folder = new TempFolder();
        var file = new KeyFile(folder.File("keys.db"), TimeProvider.System);
        var key = file.Create(new NewKey("feeder", ["ingest"], default, null));
        await using var server = await PushServer.StartAsync(("Data:Directory", folder.Name));
        using var client = await server.ConnectAsync();
        await client.SendAsync(IngestTests.ChunkedPost(Lines.Game("g1") + "\n", "acks=0", key));
        await Eventually.True(async () => (await server.GetJsonAsync("/health")).GetProperty("games").GetInt32() == 1);
        file.Revoke("feeder", []);
        await client.ReadHeadAsync();
        return await client.ReadBodyAsync();
    }

    private static string Game(int seconds, string status, string scores) => $$"""
        {"type":"game","game_id":"{{Match}}","pn_slug":"nba-bos-lal-2025-01-15","pn_league_code":"nba","sport_category":"basketball",
        "start_date":"2025-01-16T03:30:00Z","status":"{{status}}","venue":"Crypto.com Arena","home_team":{"name":"Los Angeles Lakers",
        "city":"Los Angeles","mascot":"Lakers","abbreviation_pn":"LAL"},"away_team":{"name":"Boston Celtics","city":"Boston",
        "mascot":"Celtics","abbreviation_pn":"BOS"},"scores":{{scores}},"ts":{{Start + (1000 * seconds)}}}
        """.ReplaceLineEndings("");

    private static string Price(int seconds, string price) => $$"""
        {"type":"price","game_id":"{{Match}}","pn_market_type":"spreads","book":"pinnacle","outcome":"home","points":-3.5,
        "price":{{price}},"ts":{{Start + (1000 * seconds)}}}
        """.ReplaceLineEndings("");
}
