using Microsoft.Playwright;
using PushNet.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Scoreboard;

/// <summary>The page in a real Chromium, against a real server.</summary>
[Collection(Chromium.Name)]
public class ScoreboardTests(Chromium chromium)
{
    [FactWithFile(Chromium.File)]
    public async Task A_goal_appears_and_is_announced_and_a_game_that_ends_goes_after_two_minutes()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1"), Lines.Game("g2"));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key, before: tab => tab.Clock.InstallAsync());
        await Expect(page.Games).ToHaveCountAsync(2);
        await Expect(page.Tab.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync("basketball 2");

        await server.IngestAsync(Lines.Game("g1", home: 3, period: "2", clock: "07:41"));

        await Expect(page.Game("g1")).ToContainTextAsync("Q2 · 07:41");
        await Expect(page.Game("g1").Locator(".score")).ToHaveTextAsync(["0", "3"]);

        await Expect(page.Tab.Locator("#announcer")).ToHaveTextAsync("Away 0, Home 3");

        await server.IngestAsync(Lines.Game("g2", home: 1));
        await Expect(page.Game("g2").Locator(".score")).ToHaveTextAsync(["0", "1"]);
        await server.IngestAsync(Lines.Game("g2", status: "final", home: 1));
        await Expect(page.Game("g2")).ToContainTextAsync("Final");
        await Expect(page.Game("g2").Locator(".score")).ToHaveTextAsync(["0", "1"]);
        await Expect(page.Tab.Locator("#announcer")).ToHaveTextAsync("Final: Away 0, Home 1");
        await page.UntilConnectedAsync();
        await page.Tab.Clock.FastForwardAsync("02:00");
        await Expect(page.Game("g2")).ToHaveCountAsync(0);
        await Expect(page.Game("g1")).ToBeVisibleAsync();
    }

    [FactWithFile(Chromium.File)]
    public async Task A_price_moves_is_coloured_and_the_best_is_marked()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(
            Lines.Game("g/1"), Lines.Price("g/1", -150, book: "alpha"), Lines.Price("g/1", -140, book: "beta"), Lines.Price(
                "g/1", 120, outcome: "away", book: "alpha"));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key);
        await page.Game("g/1").ClickAsync();
        await Expect(page.Price("moneyline", "home", "alpha")).ToHaveTextAsync("−150");
        await Expect(page.Price("moneyline", "home", "beta")).ToHaveClassAsync("best");
        await Expect(page.Price("moneyline", "away", "beta")).ToHaveTextAsync("–");

        await server.IngestAsync(Lines.Price("g/1", -120, book: "alpha"), Lines.Price("g/1", 110, outcome: "away", book: "alpha"),
            Lines.Price("g/1", 130, outcome: "away", book: "gamma"));

        await Expect(page.Price("moneyline", "home", "alpha")).ToHaveTextAsync("−120");
        await Expect(page.Price("moneyline", "home", "alpha")).ToHaveAttributeAsync("data-move", "up");
        await Expect(page.Price("moneyline", "home", "alpha")).ToHaveClassAsync("best");
        await Expect(page.Price("moneyline", "home", "beta")).Not.ToHaveClassAsync("best");
        await Expect(page.Price("moneyline", "away", "alpha")).ToHaveAttributeAsync("data-move", "down");
        await Expect(page.Price("moneyline", "away", "gamma")).ToHaveTextAsync("+130");
        await Expect(page.Tab.Locator("tr[data-outcome=home] .top")).ToHaveTextAsync("−120");
        await Expect(page.Tab.Locator("tr[data-outcome=home] polyline")).ToHaveAttributeAsync("points", "0.0,24.0 100.0,0.0");

        await server.IngestAsync("""
            {"type":"price","game_id":"g/1","pn_market_type":"moneyline","book":"gamma","outcome":"away","points":null,"price":null}
            """);
        await Expect(page.Price("moneyline", "away", "gamma")).ToHaveTextAsync("–");
    }

    [FactWithFile(Chromium.File)]
    public async Task The_keyboard_does_everything_the_key_is_asked_for_and_a_wrong_one_is_told()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1"), Lines.Price("g1", -200));
        await using var page = await chromium.OpenAsync(server.Url, key: null);
        await Expect(page.Tab.GetByLabel("Key with the scopes")).ToBeFocusedAsync();
        await Expect(page.Tab.GetByRole(AriaRole.Dialog)).ToHaveAccessibleNameAsync("This page needs a key");

        await page.Tab.Keyboard.TypeAsync("wrong-key-of-nobody");
        await page.Tab.Keyboard.PressAsync("Enter");
        await Expect(page.Tab.Locator("#key-error")).ToHaveTextAsync("this key is not known");
        await page.Tab.Keyboard.TypeAsync(PushServer.Key);
        await page.Tab.Keyboard.PressAsync("Enter");
        await page.UntilConnectedAsync();

        await page.Tab.GetByRole(AriaRole.Link, new() { Name = "Live", Exact = true }).FocusAsync();
        await page.Tab.Keyboard.PressAsync("Tab");
        await page.Tab.Keyboard.PressAsync("Enter");
        await Expect(page.Price("moneyline", "home", "book")).ToHaveTextAsync("−200");
        foreach (var focused in new[]
        {
            page.Tab.GetByText("Docs"), page.Tab.GetByText("Operators"), page.Tab.Locator("#to-wall"), page.Tab.Locator("#change-key"),
            page.Tab.Locator(".choice a"), page.Tab.GetByLabel("American"),
        })
        {
            await page.Tab.Keyboard.PressAsync("Tab");
            await Expect(focused).ToBeFocusedAsync();
        }

        await page.Tab.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Price("moneyline", "home", "book")).ToHaveTextAsync("1.50");

        await page.Tab.Locator("#change-key").PressAsync("Enter");
        await Expect(page.Tab.GetByRole(AriaRole.Dialog)).ToHaveAccessibleNameAsync("Connect with another key");
        await page.Tab.Keyboard.PressAsync("Escape");

        await page.Tab.ReloadAsync();
        await page.UntilConnectedAsync();
        await Expect(page.Price("moneyline", "home", "book")).ToHaveTextAsync("1.50");
        await Expect(page.Tab.GetByRole(AriaRole.Link, new() { Name = "Odds", Exact = true })).ToHaveAttributeAsync("aria-current", "page");
    }

    [FactWithFile(Chromium.File)]
    public async Task Names_that_every_object_of_JavaScript_has_are_names_like_any_other()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(
            Lines.Game("g1").Replace("\"basketball\"", "\"__proto__\"", StringComparison.Ordinal),
            Lines.Game("g2").Replace("\"basketball\"", "\"constructor\"", StringComparison.Ordinal),
            Lines.Price("g1", -200, outcome: "constructor", book: "__proto__"));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key, path: "#/constructor");

        await Expect(page.Games).ToHaveCountAsync(2);
        await Expect(page.Game("g1")).ToBeVisibleAsync();
        await Expect(page.Game("g1")).Not.ToContainTextAsync("object");
        await Expect(page.Game("g2")).Not.ToContainTextAsync("native");
        await page.Game("g1").ClickAsync();
        await Expect(page.Price("moneyline", "constructor", "__proto__")).ToHaveTextAsync("−200");
        await Expect(page.Tab.Locator("tr[data-outcome=constructor]")).Not.ToContainTextAsync("native");
    }

    [FactWithFile(Chromium.File)]
    public async Task The_demo_needs_no_typing_and_a_server_that_was_killed_is_found_again()
    {
        using var first = ServerProcess.Start(["--urls", "http://127.0.0.1:0"]);
        var url = await first.ListeningAsync();
        await using var page = await chromium.OpenAsync(url, key: null);
        await page.Games.Last.ClickAsync();
        await Expect(page.Tab.Locator("td.best").First).ToBeVisibleAsync();

        await first.SignalAsync("KILL");
        await Expect(page.Connection).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^reconnecting in"));
        await Expect(page.Notice).ToBeVisibleAsync();
        await first.ExitAsync();
        using var second = ServerProcess.Start(["--urls", url.ToString()]);
        await second.ListeningAsync();

        // It has a different demo key.
        await page.UntilConnectedAsync();
        await Expect(page.Notice).ToBeHiddenAsync();
        await page.Tab.GetByRole(AriaRole.Link, new() { Name = "Live", Exact = true }).ClickAsync();
        await page.Games.Last.ClickAsync();
        await Expect(page.Tab.Locator("td.best").First).ToBeVisibleAsync();
    }

    [FactWithFile(Chromium.File)]
    public async Task Who_fell_behind_is_told_until_what_was_lost_is_there_again()
    {
        await using var server = await PushServer.StartAsync();
        IWebSocketRoute? route = null;
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key,
            before: tab => tab.RouteWebSocketAsync(new System.Text.RegularExpressions.Regex("/ws/live"), socket =>
        {
            route = socket;
            socket.ConnectToServer();
        }));
        await page.UntilConnectedAsync();

        route!.Send("""{"type":"lagged","dropped":1234,"dropped_by_type":{"score_change":1234},"ts":1,"seq":900}""");
        await Expect(page.Notice).ToHaveTextAsync("This page fell behind, and 1,234 updates were skipped; fresh ones are on the way.");
        route.Send("""{"type":"snapshot","channel":"live","ts":1,"count":0,"games":[],"seq":900}""");
        await Expect(page.Notice).ToHaveTextAsync("Caught up again; 1,234 updates were skipped.");
    }
}
