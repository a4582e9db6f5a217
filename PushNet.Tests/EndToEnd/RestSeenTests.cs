using System.Net;

namespace PushNet.Tests.EndToEnd;

/// <summary>The prices of a league in one call, and when games and prices were confirmed last (docs/protocol.md#rest).</summary>
public sealed class RestSeenTests : IAsyncLifetime
{
    private const long Start = 1_700_000_000_000;

    private PushServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await PushServer.StartAsync();
        await _server.IngestAsync(
            Game("a", "live", Start), Game("b", "final", null), Price("a", "x", -110, Start + 1), Price("a", "y", 120, null),
            Price("b", "x", 130, Start + 2));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_prices_of_a_league_come_in_one_call()
    {
        const string x = """{"book":"x","outcome":"home","price":-110.0,"points":null,"player_id":null,"ts":1700000000001}""";

        Assert.Equal(
            $$$"""
            {"league":"EPL","count":1,"games":[{"game_id":"a","pn_slug":null,"seen":{{{Start}}},"markets":{"moneyline":[{{{x}}}]}}],
            "seq":5}
            """.ReplaceLineEndings(""),
            await _server.Http.GetStringAsync("/v1/leagues/EPL/markets?live=true&book=x"));
        Assert.Equal(
            """
            {"league":"epl","count":2,"games":[{"game_id":"a","pn_slug":null,"seen":1700000000000,"markets":{}},{"game_id":"b",
            "pn_slug":null,"seen":null,"markets":{}}],"seq":5}
            """.ReplaceLineEndings(""),
            await _server.Http.GetStringAsync("/v1/leagues/epl/markets?market=none"));
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.Http.GetAsync("/v1/leagues/epl/markets?live=yes")).StatusCode);
    }

    [Fact]
    public async Task What_is_held_of_a_league_holds_until_a_price_or_a_mark_of_it_moves()
    {
        var tag = (await _server.Http.GetAsync("/v1/leagues/epl/markets")).Headers.ETag!;
        await _server.IngestAsync(Game("c", "live", Start, league: "other"));
        Assert.Equal(HttpStatusCode.NotModified, await Again());

        await _server.IngestAsync(Game("a", "live", Start + 5));
        Assert.Equal(HttpStatusCode.OK, await Again());
        tag = (await _server.Http.GetAsync("/v1/leagues/epl/markets")).Headers.ETag!;
        await _server.IngestAsync(Price("b", "x", 140, Start + 9));
        Assert.Equal(HttpStatusCode.OK, await Again());

        async Task<HttpStatusCode> Again()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/leagues/epl/markets");
            request.Headers.IfNoneMatch.Add(tag);
            return (await _server.Http.SendAsync(request)).StatusCode;
        }
    }

    [Theory]
    [InlineData("/v1/games/live?seen=1")]
    [InlineData("/v1/leagues/epl/games?seen=1")]
    [InlineData("/v1/games/a?seen=1")]
    [InlineData("/v1/games/a/markets?seen=1")]
    [InlineData("/v1/leagues/epl/markets?seen=1")]
    public async Task Marks_are_shown_on_request_also_those_that_moved_without_a_change_and_such_an_answer_has_no_tag(string path)
    {
        await _server.IngestAsync(Game("a", "live", Start + 50), Price("a", "x", -110, Start + 60));

        var answer = await _server.Http.GetAsync(path);

        Assert.Null(answer.Headers.ETag);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"\"seen\":{Start + 50}", text);
        Assert.Equal(path.Contains("/a", StringComparison.Ordinal) || path.Contains("/markets", StringComparison.Ordinal),
            text.Contains($"\"ts\":{Start + 1},\"seen\":{Start + 60}}}", StringComparison.Ordinal));
        var without = await _server.Http.GetStringAsync(path.Replace("?seen=1", "", StringComparison.Ordinal));
        Assert.Equal(
            path.StartsWith("/v1/leagues/epl/markets", StringComparison.Ordinal), without.Contains("seen", StringComparison.Ordinal));
        var wrong = path.Replace("seen=1", "seen=2", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.Http.GetAsync(wrong)).StatusCode);
    }

    private static string Game(string id, string status, long? ts, string league = "epl") => $$$"""
        {"type":"game","game_id":"{{{id}}}","pn_league_code":"{{{league}}}","sport_category":"soccer","start_date":"2026-01-02",
        "status":"{{{status}}}","home_team":{"name":"H"},"away_team":{"name":"A"}{{{(ts is null ? "" : $",\"ts\":{ts}")}}}}
        """.ReplaceLineEndings("");

    private static string Price(string game, string book, int price, long? ts) => $$"""
        {"type":"price","game_id":"{{game}}","pn_market_type":"moneyline","book":"{{book}}","outcome":"home",
        "price":{{price}}{{(ts is null ? "" : $",\"ts\":{ts}")}}}
        """.ReplaceLineEndings("");
}
