using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Clients;

/// <summary>Every program of examples/ on a server that plays the demo, and takes one more game.</summary>
public sealed class ExamplesTests(ExamplesTests.Demo demo) : IClassFixture<ExamplesTests.Demo>
{
    private const string Node = "/usr/bin/node";
    private const string Python = "/usr/bin/python3";
    private const string Websockets = "/usr/lib/python3/dist-packages/websockets/__init__.py";

    // Node 20 has its WebSocket behind this; later ones have it anyway.
    private const string WithWebSocket = "--experimental-websocket";

    private PushServer Server => demo.Server;

    [FactWithFile(Node)]
    public async Task The_scoreboard_shows_the_live_games()
    {
        await Server.IngestAsync(Game("board", "basketball", 2));
        using var scoreboard = new ExampleProcess(Node, WithWebSocket, "examples/scoreboard.mjs", Channel("live"));

        await scoreboard.UntilItTellsAsync("nba      Lakers 2 - 1 Celtics 1 10");
    }

    [FactWithFile(Node)]
    public async Task A_goal_is_posted()
    {
        var posted = new TaskCompletionSource<string>();
        await using var hook = await HookAsync(posted);
        await Server.IngestAsync(Game("goal", "soccer", 1));
        using var goals = new ExampleProcess(
            Node, WithWebSocket, "examples/goals.mjs", Channel("live", "game=goal"), hook.Urls.Single());
        await goals.UntilItTellsAsync("open");

        await Server.IngestAsync(Game("goal", "soccer", 2));

        Assert.Equal("Goal! Lakers 2 - 1 Celtics, 10'", await posted.Task.WaitAsync(PushServer.Patience));
    }

    [FactWithFile(Node)]
    public async Task A_goal_that_can_not_be_posted_is_told_and_the_next_is_tried()
    {
        await Server.IngestAsync(Game("nobody", "soccer", 1));
        using var goals = new ExampleProcess(
            Node, WithWebSocket, "examples/goals.mjs", Channel("live", "game=nobody"), "http://127.0.0.1:1/");
        await goals.UntilItTellsAsync("open");
        foreach (var home in (int[])[2, 3])
        {
            await Server.IngestAsync(Game("nobody", "soccer", home));

            await goals.UntilItTellsAsync($"Goal! Lakers {home} - 1 Celtics, 10' was not posted: ");
        }
    }

    [FactWithFile(Websockets)]
    public async Task An_alert_tells_that_an_outcome_pays_enough()
    {
        await Server.IngestAsync(Game("alert", "basketball", 1), Price("alert", "a", "home", 140));
        using var alert = new ExampleProcess(
            Python, "examples/price_alert.py", Channel("odds", "game=alert&prices=snapshot"), "150");
        await alert.UntilItTellsAsync("open");

        await Server.IngestAsync(Price("alert", "a", "home", 160));

        await alert.UntilItTellsAsync("Lakers - Celtics: home at +160 with a");
    }

    [FactWithFile("examples/arbitrage/Arbitrage.csproj")]
    public async Task Arbitrage_over_two_books_is_told()
    {
        await Server.IngestAsync(Game("sure", "basketball", 1), Price("sure", "a", "home", 110));
        using var arbitrage = new ExampleProcess(
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "Arbitrage.dll"),
            Channel("odds", "game=sure&prices=snapshot"));
        await arbitrage.UntilItTellsAsync("Open");

        await Server.IngestAsync(Price("sure", "b", "away", 110));

        await arbitrage.UntilItTellsAsync("Lakers - Celtics: 5.0 % with home +110 at a, away +110 at b");
    }

    [FactWithFile(Python)]
    public async Task Games_of_a_csv_file_are_sent()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("games.csv"), """
            game_id,league,sport,start_date,status,home,away,score_home,score_away,period,clock
            csv,nba,basketball,2026-01-01T00:00:00Z,live,Lakers,Celtics,5,,1,
            """, Encoding.UTF8); // with the byte order mark that spreadsheets write
        using var feeder = new ExampleProcess(
            Python, "examples/csv_feeder.py", $"http://{Server.Url.Authority}", folder.File("games.csv"));

        await feeder.UntilItTellsAsync("1 applied, 0 unchanged, 0 stale, 0 rejected");
        var scores = (await Server.GetJsonAsync("/v1/games/csv/scores")).GetProperty("scores");
        Assert.Equal((5, "1"), (scores.GetProperty("score_home").GetInt32(), scores.GetProperty("period").GetString()));
    }

    private static async Task<WebApplication> HookAsync(TaskCompletionSource<string> posted)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/", async context => posted.TrySetResult(await new StreamReader(context.Request.Body).ReadToEndAsync()));
        await app.StartAsync();
        return app;
    }

    private static string Game(string id, string sport, int home) =>
        $$$"""
        {"type":"game","game_id":"{{{id}}}","pn_league_code":"nba","sport_category":"{{{sport}}}","start_date":"2026-01-01T00:00:00Z",
        "status":"live","home_team":{"name":"Lakers"},"away_team":{"name":"Celtics"},
        "scores":{"score_home":{{{home}}},"score_away":1,"period":"1","clock":"10"}}
        """.Replace("\n", "", StringComparison.Ordinal);

    private static string Price(string id, string book, string outcome, int price) =>
        $$"""
        {"type":"price","game_id":"{{id}}","pn_market_type":"moneyline","book":"{{book}}","outcome":"{{outcome}}","price":{{price}}}
        """;

    private string Channel(string channel, string query = "") => $"ws://{Server.Url.Authority}/ws/{channel}?{query}";

    /// <summary>The server of all examples.</summary>
    public sealed class Demo : IAsyncLifetime
    {
        internal PushServer Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await PushServer.StartAsync(("Feed:Kind", "demo"));

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
