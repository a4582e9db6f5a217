using PushNet.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Scoreboard;

/// <summary>What the page shows of what happens in sport.</summary>
[Collection(Chromium.Name)]
public class ScoreboardFactsTests(Chromium chromium)
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
    public async Task Names_with_commas_and_both_signs_of_a_line_and_no_score_yet()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(
            """{"type":"game","game_id":"sr:match:1,2","pn_league_code":"Liga MX, Apertura","sport_category":"rugby","start_date":"2026-11-30T03:00:00Z","status":"live","home_team":{"name":"A"},"away_team":{"name":"B"},"scores":{"score_home":1}}""",
            """{"type":"price","game_id":"sr:match:1,2","pn_market_type":"run_line","book":"William Hill (US), NJ","outcome":"home","points":-0.25,"price":105}""",
            """{"type":"price","game_id":"sr:match:1,2","pn_market_type":"run_line","book":"William Hill (US), NJ","outcome":"away","points":0.25,"price":-115}""",
            """{"type":"price","game_id":"sr:match:1,2","pn_market_type":"totals","book":"William Hill (US), NJ","outcome":"over","points":40.5,"price":-115}""");
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key);
        await page.Game("sr:match:1,2").ClickAsync();

        await Expect(page.Price("run_line", "home", "William Hill (US), NJ")).ToHaveTextAsync("+105");
        await Expect(page.Tab.Locator("[data-market=run_line] th[scope=row]")).ToHaveTextAsync(["A −0.25", "B +0.25"]);
        await Expect(page.Tab.Locator("[data-market=totals] th[scope=row]")).ToHaveTextAsync("Over 40.5");
        await Expect(page.Tab.Locator(".title .score")).ToHaveTextAsync(["1", "–"]);
        await Expect(page.Tab.Locator(".choice a")).ToHaveTextAsync("A 1 – B");
    }
}
