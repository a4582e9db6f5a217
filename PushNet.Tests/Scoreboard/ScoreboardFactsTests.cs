using System.Text.RegularExpressions;
using PushNet.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Scoreboard;

/// <summary>What the page shows about what happens in sport.</summary>
[Collection(Chromium.Name)]
public partial class ScoreboardFactsTests(Chromium chromium)
{
    [FactWithFile(Chromium.File)]
    public async Task The_winning_goal_is_shown_although_the_game_is_over_with_it()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(
            Lines.Game("wg", home: 2, away: 2, period: "OT", clock: "01:12"), Lines.Price("wg", -130), Lines.Game("other"));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key, "#/odds/wg");
        await Expect(page.Price("moneyline", "home", "book")).ToHaveTextAsync("−130");

        await server.IngestAsync(Lines.Game("wg", "final", home: 3, away: 2, period: "OT", clock: "00:48"));

        await Expect(page.Tab.Locator("p.clock")).ToContainTextAsync("Final");
        await Expect(page.Tab.Locator(".title .score")).ToHaveTextAsync(["2", "3"]);
        await Expect(page.Tab.Locator(".markets")).ToHaveClassAsync("markets over");
        await Expect(page.Price("moneyline", "home", "book")).ToHaveTextAsync("−130");
    }

    [FactWithFile(Chromium.File)]
    public async Task A_page_whose_source_is_dead_says_how_old_it_is_until_the_source_is_back()
    {
        await using var server = await PushServer.StartAsync(("Ingest:StaleAfter", "2s"));
        await server.IngestAsync(Lines.Game("g1"));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key);

        await Expect(page.Notice).ToHaveTextAsync(OldData());
        await Expect(page.Connection).ToHaveTextAsync("connected");
        // The source is fresh for 2 s after each line only, so on a busy machine one alone could be over before a look at it.
        var hidden = Expect(page.Notice).ToBeHiddenAsync();
        var home = 0;
        await Eventually.True(async () =>
        {
            await server.IngestAsync(Lines.Game("g1", home: ++home));
            return hidden.IsCompleted;
        });
        await hidden;
    }

    [FactWithFile(Chromium.File)]
    public async Task Names_with_commas_and_both_signs_of_a_line_and_no_score_yet()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(
            """
            {"type":"game","game_id":"sr:match:1,2","pn_league_code":"Liga MX, Apertura","sport_category":"rugby",
            "start_date":"2026-11-30T03:00:00Z","status":"live","home_team":{"name":"A"},"away_team":{"name":"B"},
            "scores":{"score_home":1}}
            """.ReplaceLineEndings(""),
            """
            {"type":"price","game_id":"sr:match:1,2","pn_market_type":"run_line","book":"William Hill (US), NJ","outcome":"home",
            "points":-0.25,"price":105}
            """.ReplaceLineEndings(""),
            """
            {"type":"price","game_id":"sr:match:1,2","pn_market_type":"run_line","book":"William Hill (US), NJ","outcome":"away",
            "points":0.25,"price":-115}
            """.ReplaceLineEndings(""),
            """
            {"type":"price","game_id":"sr:match:1,2","pn_market_type":"totals","book":"William Hill (US), NJ","outcome":"over",
            "points":40.5,"price":-115}
            """.ReplaceLineEndings(""));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key);
        await page.Game("sr:match:1,2").ClickAsync();

        await Expect(page.Price("run_line", "home", "William Hill (US), NJ")).ToHaveTextAsync("+105");
        await Expect(page.Tab.Locator("[data-market=run_line] th[scope=row]")).ToHaveTextAsync(["A −0.25", "B +0.25"]);
        await Expect(page.Tab.Locator("[data-market=totals] th[scope=row]")).ToHaveTextAsync("Over 40.5");
        await Expect(page.Tab.Locator(".title .score")).ToHaveTextAsync(["1", "–"]);
        await Expect(page.Tab.Locator(".choice a")).ToHaveTextAsync("A 1 – B");
    }

    [FactWithFile(Chromium.File)]
    public async Task Teams_that_change_sides_are_written_anew_in_both_views_and_a_play_comes_by_itself()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(
            Soccer("sw", "Albion", "Borough", """{"score_home":2,"score_away":1,"last_play":"kick-off"}"""), Lines.Price("sw", -130));
        await using var live = await chromium.OpenAsync(server.Url, PushServer.Key);
        await using var odds = await chromium.OpenAsync(server.Url, PushServer.Key, "#/odds/sw");
        await Expect(live.Game("sw").Locator(".name")).ToHaveTextAsync(["Albion", "Borough"]);
        await Expect(live.Game("sw").Locator(".play")).ToHaveTextAsync("kick-off");
        await Expect(odds.Tab.Locator("tr[data-outcome=home] th")).ToHaveTextAsync("Albion");

        await server.IngestAsync(Soccer("sw", "Borough", "Albion", """{"score_home":1,"score_away":2}"""));

        await Expect(live.Game("sw").Locator(".name")).ToHaveTextAsync(["Borough", "Albion"]);
        await Expect(live.Game("sw").Locator(".score")).ToHaveTextAsync(["1", "2"]);
        await Expect(odds.Tab.Locator(".title .name")).ToHaveTextAsync(["Borough", "Albion"]);
        await Expect(odds.Tab.Locator(".title .badge")).ToHaveTextAsync(["BOR", "ALB"]);
        await Expect(odds.Tab.Locator("tr[data-outcome=home] th")).ToHaveTextAsync("Borough");
        await Expect(odds.Tab.Locator(".choice a")).ToHaveTextAsync("Borough 1 – Albion 2");

        await server.IngestAsync(Soccer("sw", "Borough", "Albion", """{"score_home":1,"score_away":2,"last_play":"throw-in"}"""));
        await Expect(live.Game("sw").Locator(".play")).ToHaveTextAsync("throw-in");
    }

    [FactWithFile(Chromium.File)]
    public async Task Sets_line_scores_shoot_outs_winners_and_what_became_of_a_game()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(
            Game("ten", "tennis", "live", """
                {"score_home":1,"score_away":0,"period":"2","clock":"4-3","periods":[{"name":"1","home":6,"away":4},{"name":"2","home":4,
                "away":3}]}
                """.ReplaceLineEndings("")),
            Game("so", "soccer", "live", """
                {"score_home":2,"score_away":2,"period":"PEN","periods":[{"name":"1H","home":2,"away":1},{"name":"2H","home":0,"away":1},
                {"name":"PEN","home":4,"away":3}]}
                """.ReplaceLineEndings(""), "\"winner\":\"home\","),
            Game("off", "soccer", "live", """{"score_home":0,"score_away":1,"period":"1H","clock":"12"}""",
                "\"status_detail\":\"suspended\","));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key);

        await Expect(page.Game("ten").Locator(".sets")).ToHaveTextAsync(["64", "43"]);
        await Expect(page.Game("ten").Locator(".line-score")).ToBeHiddenAsync();
        await Expect(page.Game("so").Locator(".shoot-out")).ToHaveTextAsync(["(4)", "(3)"]);
        await Expect(page.Game("so").Locator(".line-score tbody tr")).ToHaveTextAsync(["HOS20", "AOS11"]);
        await Expect(page.Game("so").Locator(".won .name")).ToHaveTextAsync("Home of so");
        await Expect(page.Game("so").Locator(".trails .name")).ToHaveTextAsync("Away of so");
        await Expect(page.Game("off").Locator(".clock")).ToHaveTextAsync("Suspended · 1H · 12′");

        await server.IngestAsync(
            Game("ten", "tennis", "final", """
                {"score_home":1,"score_away":0,"periods":[{"name":"1","home":6,"away":4},{"name":"2","home":4,"away":4}]}
                """, "\"status_detail\":\"retired\",\"winner\":\"away\","));
        await Expect(page.Game("ten").Locator(".clock")).ToHaveTextAsync("Final · Retired");
        await Expect(page.Game("ten").Locator(".won .name")).ToHaveTextAsync("Away of ten");
        await Expect(page.Game("ten").Locator(".sets")).ToHaveTextAsync(["64", "44"]);
    }

    private static string Soccer(string id, string home, string away, string scores) =>
        Game(id, "soccer", "live", scores).Replace($"Home of {id}", home, StringComparison.Ordinal)
            .Replace($"Away of {id}", away, StringComparison.Ordinal);

    private static string Game(string id, string sport, string status, string scores, string more = "") => $$$"""
        {"type":"game","game_id":"{{{id}}}","pn_league_code":"lg","sport_category":"{{{sport}}}","start_date":"2026-11-30T03:00:00Z",
        "status":"{{{status}}}",{{{more}}}"home_team":{"name":"Home of {{{id}}}"},"away_team":{"name":"Away of {{{id}}}"},
        "scores":{{{scores}}}}
        """.ReplaceLineEndings("");

    [GeneratedRegex(@"^What you see may be old: nothing has come from http for \d+ s\.$")]
    private static partial Regex OldData();
}
