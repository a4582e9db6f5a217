using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PushNet.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Scoreboard;

/// <summary>What the page shows of the prices of one game, from before it begins until it is removed.</summary>
[Collection(Chromium.Name)]
public class ScoreboardPricesTests(Chromium chromium)
{
    [FactWithFile(Chromium.File)]
    public async Task Prices_are_there_before_the_game_while_it_is_live_and_after_it()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(
            Game("unplayed", "\"status_detail\":\"postponed\","), Price(120), Price(230, "draw"),
            Price(240, "away"), Price(118, book: "q"));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key, "#/odds/pg");
        await Expect(page.Tab.Locator("p.clock")).ToHaveTextAsync("LG · Postponed · Dec 2, 2026");
        await Expect(page.Tab.Locator("td .price")).ToHaveTextAsync(["+120", "+118", "+230", "–", "+240", "–"]);
        await Expect(page.Tab.Locator("th[scope=row]")).ToHaveTextAsync(["Lyon", "Draw", "Lille"]);

        await server.IngestAsync(Game("live"), Price(119, book: "q"));
        await Expect(page.Tab.Locator("p.clock")).ToHaveTextAsync("LG · 1H");
        await Expect(page.Tab.Locator("td .price")).ToHaveTextAsync(["+120", "+119", "+230", "–", "+240", "–"]);

        await server.IngestAsync(Game("final"));
        await Expect(page.Tab.Locator("p.clock")).ToHaveTextAsync("LG · Final · last prices");
        await Expect(page.Tab.Locator(".markets")).ToHaveClassAsync("markets over");
        await Expect(page.Tab.Locator("td .price")).ToHaveTextAsync(["+120", "+119", "+230", "–", "+240", "–"]);

        await server.IngestAsync(Game("live"));
        await Expect(page.Tab.Locator(".markets")).ToHaveClassAsync("markets");
        await server.IngestAsync("""{"type":"remove","game_id":"pg"}""");
        await Expect(page.Tab.Locator("p.clock")).ToHaveTextAsync("This game is not on the board. Choose one that is live.");
    }

    [FactWithFile(Chromium.File)]
    public async Task What_is_suspended_stays_greyed_main_lines_come_first_and_a_lay_offer_is_never_the_best()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Game("live"), Price(120), Price(118, book: "q"), Price(130, book: "exchange", market: "moneyline_lay"),
            Price(125, book: "other", market: "moneyline_lay"), Price(-110, market: "spreads", more: "\"points\":-3.5,\"main\":true,"),
            Price(150, market: "spreads", more: "\"points\":-5.5,"));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key, "#/odds/pg");
        var market = page.Tab.Locator("[data-market=moneyline]");
        await Expect(page.Price("moneyline", "home", "p")).ToHaveClassAsync("best");
        await Expect(page.Price("moneyline_lay", "home", "exchange")).ToHaveTextAsync("+130");
        await Expect(page.Tab.Locator("[data-market=moneyline_lay] :is(.best, .top)")).ToHaveCountAsync(0);

        var rows = page.Tab.Locator("[data-market=spreads] tbody tr:visible");
        await Expect(rows).ToHaveTextAsync(["Lyon −3.5−110−110"]);
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "1 more line" }).ClickAsync();
        await Expect(rows).ToHaveTextAsync(["Lyon −3.5−110−110", "Lyon −5.5+150+150"]);

        await server.IngestAsync(Withdraw("suspended", "\"book\":\"p\",\"pn_market_type\":\"moneyline\","));
        await Expect(page.Price("moneyline", "home", "p")).ToHaveClassAsync("suspended");
        await Expect(page.Price("moneyline", "home", "p")).ToHaveTextAsync("+120");
        await Expect(market.Locator("td.top")).ToHaveTextAsync("+118");
        await server.IngestAsync(Withdraw("suspended", "\"pn_market_type\":\"moneyline\","));
        await Expect(market.Locator(".note")).ToHaveTextAsync("suspended");
        await Expect(market.Locator(".price")).ToHaveTextAsync(["+120", "+118"]);

        await server.IngestAsync(Price(121), Price(117, book: "q"), Withdraw("settled", "\"book\":\"q\","));
        await Expect(market.Locator(".price")).ToHaveTextAsync(["+121", "–"]);
        await Expect(market.Locator(".note")).ToHaveTextAsync("");
    }

    [FactWithFile(Chromium.File)]
    public async Task What_was_not_confirmed_for_ten_minutes_is_dimmed_and_says_since_when()
    {
        var old = TimeProvider.System.GetUtcNow().AddMinutes(-11).ToUnixTimeMilliseconds();
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Game("live", $"\"ts\":{old},"), Price(120, more: $"\"ts\":{old},"), Price(118, book: "q"));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key, "#/odds/pg");
        var since = await page.Tab.EvaluateAsync<string>(
            "ms => new Date(ms).toLocaleTimeString('en', { timeStyle: 'short', hourCycle: 'h23' })", old);

        await Expect(page.Tab.Locator("caption .note")).ToHaveTextAsync($"p not confirmed since {since}");
        await Expect(page.Price("moneyline", "home", "p")).ToHaveClassAsync(new Regex("\\bunconfirmed\\b"));
        await Expect(page.Tab.Locator("p.clock")).ToHaveTextAsync($"LG · 1H · not confirmed since {since}");
    }

    private static string Withdraw(string reason, string what) =>
        $$"""{"type":"withdraw","game_id":"pg",{{what}}"reason":"{{reason}}"}""";

    private static string Game(string status, string more = "") => $$$"""
        {"type":"game","game_id":"pg","pn_league_code":"lg","sport_category":"soccer","start_date":"2026-12-02","status":"{{{status}}}",
        {{{more}}}"home_team":{"name":"Lyon"},"away_team":{"name":"Lille"},"scores":{"period":"1H"}}
        """.ReplaceLineEndings("");

    private static string Price(
        int price, string outcome = "home", string book = "p", string market = "moneyline", string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"type":"price","game_id":"pg","pn_market_type":"{{{market}}}","book":"{{{book}}}","outcome":"{{{outcome}}}",
        {{{more}}}"price":{{{price}}}}
        """).ReplaceLineEndings("");
}
