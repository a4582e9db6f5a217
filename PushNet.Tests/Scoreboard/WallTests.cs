using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PushNet.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Scoreboard;

/// <summary>The page on a screen that hangs on a wall.</summary>
[Collection(Chromium.Name)]
public class WallTests(Chromium chromium)
{
    private const int Games = 20;

    [FactWithFile(Chromium.File)]
    public async Task It_fills_every_screen_turns_its_pages_and_ends_with_escape()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Enumerable.Range(1, Games).Select(i => Lines.Game($"g{i:00}", home: 101, away: 98)
            .Replace("\"Home\"", "\"Golden State Warriors\"", StringComparison.Ordinal)));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key, "?wall", before: async tab =>
        {
            await tab.Clock.InstallAsync();
            await tab.SetViewportSizeAsync(1920, 1080);
        });
        await Expect(page.Games).ToHaveCountAsync(Games / 2);
        await Expect(page.Tab.Locator(".place")).ToHaveTextAsync("1 / 2");
        await Expect(page.Tab.Locator("html")).ToHaveCSSAsync("font-size", new Regex(@"^27\.4"));
        await AssertFillsAsync(page, 1920, 1080);

        await page.Tab.SetViewportSizeAsync(3840, 2160);
        await Expect(page.Tab.Locator("html")).ToHaveCSSAsync("font-size", new Regex(@"^54\.8"));
        await AssertFillsAsync(page, 3840, 2160);

        await page.Tab.Clock.FastForwardAsync("00:10");
        await Expect(page.Tab.Locator(".place")).ToHaveTextAsync("2 / 2");
        await Expect(page.Game("g20")).ToBeVisibleAsync();
        await server.IngestAsync(Lines.Game("g20", home: 104, away: 98));
        await Expect(page.Game("g20").Locator(".score").Last).ToHaveTextAsync("104");
        await page.Tab.Clock.FastForwardAsync("00:10");
        await Expect(page.Game("g01")).ToBeVisibleAsync();

        // It is for the dialog first.
        await page.Tab.EvaluateAsync("document.getElementById('change-key').click()");
        await Expect(page.Tab.Locator("#key-dialog")).ToBeVisibleAsync();
        await page.Tab.Keyboard.PressAsync("Escape");
        await Expect(page.Tab.Locator("#key-dialog")).ToBeHiddenAsync();
        await Expect(page.Games).ToHaveCountAsync(Games / 2);

        await page.Tab.Keyboard.PressAsync("Escape");
        await Expect(page.Games).ToHaveCountAsync(Games);
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Wall" }).ClickAsync();
        await Expect(page.Games).ToHaveCountAsync(Games / 2);
        await page.Game("g01").ClickAsync();
        await Expect(page.Tab.Locator(".title .name").First).ToBeVisibleAsync();
    }

    // Nothing but cards, as large as the screen allows, with nothing cut in them.
    private static async Task AssertFillsAsync(ScoreboardPage page, int width, int height)
    {
        await Expect(page.Tab.Locator(".place")).ToBeInViewportAsync();
        var found = await page.Tab.EvaluateAsync<double[]>("""
            () => {
              const boxes = [...document.querySelectorAll('.game')].map(card => card.getBoundingClientRect());
              const cut = [...document.querySelectorAll('.game, .name')].filter(one => one.scrollHeight > one.clientHeight + 1);
              return [Math.max(...boxes.map(box => box.right)), Math.max(...boxes.map(box => box.bottom)), cut.length,
                document.documentElement.scrollHeight];
            }
            """);
        Assert.InRange(found[0], 0.98 * width, width);
        Assert.InRange(found[1], 0.98 * height, height);
        Assert.Equal((0, height), (found[2], found[3]));
        await Expect(page.Tab.Locator("header")).ToHaveCSSAsync("height", "1px");
    }
}
