using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace PushNet.Tests.EndToEnd;

/// <summary>What every route answers, and what it says when it can't (docs/protocol.md#rest).</summary>
public sealed class RestTests : IAsyncLifetime
{
    private PushServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await PushServer.StartAsync();
        await _server.IngestAsync(
            Lines.Game("g1", home: 2, away: 1, clock: "05:00"),
            Lines.Game("g2", status: "unplayed"),
            """
            {"type":"game","game_id":"match/3","pn_league_code":"mls","sport_category":"soccer","start_date":"2026-01-02","status":"live",
            "home_team":{"name":"Los Ángeles"},"away_team":{"name":"New York"}}
            """.ReplaceLineEndings(""),
            """
            {"type":"game","game_id":"g4","pn_slug":"some-slug","pn_league_code":"own","sport_category":"soccer",
            "start_date":"2026-01-02","status":"final","home_team":{"name":"A"},"away_team":{"name":"B"},"scores":{"score_home":3,
            "score_away":0}}
            """.ReplaceLineEndings(""),
            Lines.Price("g1", -188, book: "b1"),
            Lines.Price("g1", 150.5m, outcome: "away", book: "b2"),
            """
            {"type":"price","game_id":"g1","pn_market_type":"spreads","book":"b1","outcome":"home","points":-3.5,"price":-110,
            "player_id":"p","ts":1600000000007}
            """.ReplaceLineEndings(""));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("/v1/sports", """
        {"count":2,"sports":[{"sport_category":"basketball","live_count":1,"game_count":2},{"sport_category":"soccer","live_count":1,
        "game_count":2}]}
        """)]
    [InlineData("/v1/leagues", """
        {"count":3,"leagues":[{"pn_code":"mls","name":"Major League Soccer","sport_category":"soccer","live_count":1,"game_count":1},
        {"pn_code":"nba","name":"National Basketball Association","sport_category":"basketball","live_count":1,"game_count":2},
        {"pn_code":"own","name":"own","sport_category":"soccer","live_count":0,"game_count":1}]}
        """)]
    [InlineData("/v1/leagues/none/games", """{"league":"none","count":0,"games":[]}""")]
    [InlineData("/v1/leagues/own/games?live=true", """{"league":"own","count":0,"games":[]}""")]
    [InlineData("/v1/leagues/own/scores", """{"league":"own","count":0,"live":[]}""")]
    [InlineData("/v1/games/search?q=nothing-like-it", """{"query":"nothing-like-it","count":0,"games":[]}""")]
    [InlineData("/v1/games/search?q=ÁNGELES", """
        {"query":"ÁNGELES","count":1,"games":[{"game_id":"match/3","pn_slug":null,"pn_league_code":"mls","sport_category":"soccer",
        "home_team":"Los Ángeles","away_team":"New York","start_date":"2026-01-02","status":"live","is_live":true,"score":null,
        "period":null,"clock":null}]}
        """)]
    [InlineData("/v1/games/search?q=SOME-", """
        {"query":"SOME-","count":1,"games":[{"game_id":"g4","pn_slug":"some-slug","pn_league_code":"own","sport_category":"soccer",
        "home_team":"A","away_team":"B","start_date":"2026-01-02","status":"final","is_live":false,"score":"3-0","period":null,
        "clock":null}]}
        """)]
    [InlineData("/v1/games/search?q=some-&live=true", """{"query":"some-","count":0,"games":[]}""")]
    public async Task An_answer_is_to_the_byte(string path, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings(""), await _server.Http.GetStringAsync(path));

    [Fact]
    public async Task Scores_are_told_of_one_game_and_of_a_league()
    {
        var scores = """
            {"status":"Live","score_home":2,"score_away":1,"period":"1","clock":"05:00","is_live":true,"last_play":null,
            "current_down_and_distance":null,"weather":null,"weather_temp":null,"weather_temp_high":null,"home_starter":null,
            "away_starter":null}
            """.ReplaceLineEndings("");

        Assert.Equal(
            $$"""
            {"game_id":"g1","pn_slug":"nba-away-home-g1","pn_league_code":"nba","home_team":"Home","away_team":"Away","status":"live",
            "scores":{{scores}}}
            """.ReplaceLineEndings(""),
            await _server.Http.GetStringAsync("/v1/games/g1/scores"));
        Assert.Equal(
            $$"""
            {"league":"NBA","count":1,"live":[{"game_id":"g1","pn_slug":"nba-away-home-g1","home_team":"Home","away_team":"Away",
            "scores":{{scores}}}]}
            """.ReplaceLineEndings(""),
            await _server.Http.GetStringAsync("/v1/leagues/NBA/scores"));
    }

    [Fact]
    public async Task Lists_of_games_hold_the_games_of_a_snapshot()
    {
        using var client = await _server.JoinAsync("live");
        var live = await _server.GetJsonAsync("/v1/games/live");
        var league = await _server.GetJsonAsync("/v1/leagues/nba/games?live=true");

        Assert.Equal(["count", "games", "seq"], live.EnumerateObject().Select(field => field.Name));
        Assert.Equal(client.Snapshot.GetProperty("games").ToString(), live.GetProperty("games").ToString());
        Assert.Equal((2, client.SnapshotSeq), (live.GetProperty("count").GetInt32(), live.Seq()));
        Assert.Equal(
            client.Snapshot.GetProperty("games")[0].ToString(), Assert.Single(league.GetProperty("games").EnumerateArray()).ToString());
        Assert.Equal(2, (await _server.GetJsonAsync("/v1/leagues/nba/games")).GetProperty("count").GetInt32());
        Assert.Equal(2, (await _server.GetJsonAsync("/v1/leagues/nba/games?live=false")).GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("/v1/games/g1")]
    [InlineData("/v1/games/nba-away-home-g1")]
    [InlineData("/v1/games/g1/markets")]
    public async Task A_game_with_its_prices(string path)
    {
        var answer = await _server.GetJsonAsync(path);

        Assert.Equal(["game", "market_count", "outcome_count", "markets", "seq"], answer.EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            (await _server.GetJsonAsync("/v1/games/live")).GetProperty("games")[0].ToString(), answer.GetProperty("game").ToString());
        Assert.Equal(
            (2, 3, 7), (answer.GetProperty("market_count").GetInt32(), answer.GetProperty("outcome_count").GetInt32(), answer.Seq()));
        Assert.Equal(
            """[{"book":"b1","outcome":"home","price":-110.0,"points":-3.5,"player_id":"p","ts":1600000000007}]""",
            answer.GetProperty("markets").GetProperty("spreads").ToString());
    }

    [Theory]
    [InlineData("market=moneyline", 1, 2)]
    [InlineData("market=moneyline,spreads", 2, 3)]
    [InlineData("book=b2", 1, 1)]
    [InlineData("book=b1,b2&market=spreads", 1, 1)]
    [InlineData("book=b1&book=b2&market=moneyline", 1, 2)]
    [InlineData("book=b2&market=spreads", 0, 0)]
    [InlineData("market=totals", 0, 0)]
    public async Task Markets_are_filtered(string query, int markets, int outcomes)
    {
        foreach (var path in new[] { "/v1/games/g1", "/v1/games/g1/markets" })
        {
            var answer = await _server.GetJsonAsync($"{path}?{query}");

            Assert.Equal(
                (markets, outcomes), (answer.GetProperty("market_count").GetInt32(), answer.GetProperty("outcome_count").GetInt32()));
            Assert.Equal(markets, answer.GetProperty("markets").EnumerateObject().Count());
        }
    }

    [Theory]
    [InlineData("/v1/games/none", HttpStatusCode.NotFound, "none")]
    [InlineData("/v1/games/none/markets", HttpStatusCode.NotFound, "none")]
    [InlineData("/v1/games/none/scores", HttpStatusCode.NotFound, "none")]
    [InlineData("/v1/nothing", HttpStatusCode.NotFound, "/v1/nothing")]
    [InlineData("/v1/games/search", HttpStatusCode.BadRequest, "q=")]
    [InlineData("/v1/games/search?q=", HttpStatusCode.BadRequest, "\"q\"")]
    [InlineData("/v1/games/search?q=%20", HttpStatusCode.BadRequest, "\"q\"")]
    [InlineData("/v1/games/search?q=a&live=yes", HttpStatusCode.BadRequest, "true or false")]
    [InlineData("/v1/leagues/nba/games?live=1", HttpStatusCode.BadRequest, "true or false")]
    [InlineData("/v1/leagues/nba/games?Live=true", HttpStatusCode.BadRequest, "\"Live\"")]
    [InlineData("/v1/games/g1?markets=spreads", HttpStatusCode.BadRequest, "market, book")]
    [InlineData("/v1/games/g1?book=", HttpStatusCode.BadRequest, "\"book\"")]
    [InlineData("/v1/games/live?league=nba", HttpStatusCode.BadRequest, "\"league\"")]
    public async Task What_can_not_be_answered_gets_a_sentence(string path, HttpStatusCode status, string says)
    {
        using var response = await _server.Http.GetAsync(path);

        Assert.Equal(status, response.StatusCode);
        var error = Assert.Single(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.EnumerateObject());
        Assert.Equal("error", error.Name);
        Assert.Contains(says, error.Value.GetString());
    }

    [Theory]
    [InlineData("/v1/sports", true)]
    [InlineData("/v1/leagues", true)]
    [InlineData("/v1/leagues/nba/games", true)]
    [InlineData("/v1/leagues/nba/scores", true)]
    [InlineData("/v1/games/live", true)]
    [InlineData("/v1/games/search?q=a", true)]
    [InlineData("/v1/games/g1/scores", true)]
    [InlineData("/v1/games/g1", false)]
    [InlineData("/v1/games/g1/markets", false)]
    public async Task Games_need_the_scope_live_and_prices_the_scope_odds(string path, bool isForLive)
    {
        using var withLive = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { { "Authorization", $"Bearer {PushServer.LiveOnlyKey}" } },
        };
        using var withNone = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Authorization", "Bearer none" } } };

        Assert.Equal(isForLive ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await _server.Http.SendAsync(withLive)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.Http.SendAsync(withNone)).StatusCode);
    }
}
