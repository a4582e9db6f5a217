using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PushNet.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Scoreboard;

/// <summary>How the page looks on every screen, and what it tells people who can't see it.</summary>
[Collection(Chromium.Name)]
public class ScoreboardLooksTests(Chromium chromium)
{
    [FactWithFile(Chromium.File)]
    public async Task Axe_finds_nothing_serious_in_light_and_dark()
    {
        await using var server = await ServerWithOddsAsync(prices: 12);
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key,
            before: tab => tab.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce }));
        await Expect(page.Games).ToHaveCountAsync(1);
        await page.UntilConnectedAsync();
        var first = await page.Tab.RunAxe();
        Assert.NotEmpty(first.Passes);
        Assert.Empty(first.Violations.Where(fault => fault.Impact is "serious" or "critical")
            .Select(fault => $"{fault.Id}: {fault.Help}: {fault.Nodes[0].Html}"));

        await page.Games.First.ClickAsync();
        await Expect(page.Tab.Locator("td.best").First).ToBeVisibleAsync();
        await page.UntilConnectedAsync();
        await AssertNothingSerious(page);
        await page.Tab.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await AssertNothingSerious(page);
        await page.Tab.GetByRole(AriaRole.Link, new() { Name = "Live", Exact = true }).ClickAsync();
        await AssertNothingSerious(page);
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Key" }).ClickAsync();
        await AssertNothingSerious(page);
    }

    [FactWithFile(Chromium.File)]
    public async Task It_fits_from_a_phone_to_a_wall()
    {
        await using var server = await ServerWithOddsAsync(prices: 0);
        await server.IngestAsync(Enumerable.Range(2, 8).Select(i => Lines.Game($"g{i}", home: 101, away: 1234567)
            .Replace("Home", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", StringComparison.Ordinal)
            .Replace("\"nba\"", $"\"a-league-with-a-name-that-is-long-{i}\"", StringComparison.Ordinal)
            .Replace("basketball", $"sport{i % 3}", StringComparison.Ordinal)));
        await server.IngestAsync(Lines.Price("g9", 120), Lines.Price("g9", -100000, book: "a-book-with-a-long-name"),
            Lines.Price("g9", 100000, outcome: "Somebody With Quite A Name Jr."));
        var pictures = Directory.CreateDirectory(Path.Combine(DocsTests.Root, "artifacts", "scoreboard"));
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key);
        foreach (var (name, width, height, colours) in new[]
        {
            ("phone", 360, 740, ColorScheme.Dark), ("desktop", 1280, 600, ColorScheme.Light), ("wall", 2560, 1440, ColorScheme.Dark),
        })
        {
            await page.Tab.SetViewportSizeAsync(width, height);
            await page.Tab.EmulateMediaAsync(new() { ColorScheme = colours });
            await page.Tab.GetByRole(AriaRole.Link, new() { Name = "Live", Exact = true }).ClickAsync();
            await Expect(page.Games).ToHaveCountAsync(9);
            await Expect(page.Games.Last).ToBeVisibleAsync();
            await AssertFits(page, pictures, $"{name}-live");
            await page.Game("g9").ClickAsync();
            await Expect(page.Price("moneyline", "home", "book")).ToBeVisibleAsync();
            await page.UntilConnectedAsync();
            await AssertFits(page, pictures, $"{name}-odds");
        }
    }

    /// <summary>A server with a game and this many prices of eight books.</summary>
    internal static async Task<PushServer> ServerWithOddsAsync(int prices)
    {
        var server = await PushServer.StartAsync();
        await server.IngestAsync(
            [Lines.Game("g1"), .. Enumerable.Range(0, prices).Select(i => Lines.Price("g1", 100 + i, $"o{i / 8}", $"b{i % 8}"))]);
        return server;
    }

    // Uses the axe that RunAxe left in the page. Another RunAxe would load it again, and open a tab for what it may have found in frames.
    private static async Task AssertNothingSerious(ScoreboardPage page)
    {
        // While the page is not connected, what it shows may be old, and is dim.
        await page.UntilConnectedAsync();
        var faults = await page.Tab.EvaluateAsync<string[]>("""
            async () => (await axe.run({ resultTypes: ['violations'] })).violations
              .filter(fault => fault.impact === 'serious' || fault.impact === 'critical')
              .map(fault => `${fault.id}: ${fault.help}: ${fault.nodes[0].html} (${document.body.dataset.state})`)
            """);
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    // The page as a whole never scrolls sideways; tables and the choice of games do that for themselves.
    private static async Task AssertFits(ScoreboardPage page, DirectoryInfo pictures, string name)
    {
        await page.Tab.ScreenshotAsync(new() { Path = Path.Combine(pictures.FullName, $"{name}.jpg"), Type = ScreenshotType.Jpeg });
        Assert.True(
            await page.Tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than the screen");
    }
}
