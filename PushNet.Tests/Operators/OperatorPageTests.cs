using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PushNet.Tests.EndToEnd;
using PushNet.Tests.Scoreboard;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Operators;

/// <summary>The operators' page in a real Chromium, against a real server.</summary>
[Collection(Chromium.Name)]
public class OperatorPageTests(Chromium chromium)
{
    [FactWithFile(Chromium.File)]
    public async Task A_wrong_key_is_told_and_a_right_one_shows_the_server_until_it_is_forgotten()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        await server.IngestAsync(Lines.Game("g1"));
        using var client = await server.JoinAsync("odds");
        await using var page = await chromium.OpenAsync(server.OperatorUrl!, key: null, "ops");
        var (state, key) = (page.Tab.GetByRole(AriaRole.Status), page.Tab.GetByLabel("Key with the scope ops"));

        await key.FillAsync(PushServer.LiveOnlyKey);
        await key.PressAsync("Enter");
        await Expect(state).ToContainTextAsync("does not have the scope");
        await key.FillAsync(PushServer.Key);
        await key.PressAsync("Enter");

        await Expect(state).ToContainTextAsync("up ");
        await Expect(key).ToBeHiddenAsync();
        await Expect(page.Tab.Locator("#plots figure")).ToHaveCountAsync(8);
        await Expect(page.Tab.Locator("#subscribers tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Tab.Locator("#subscribers tbody tr")).ToContainTextAsync("127.0.0.1");
        await Expect(page.Tab.Locator("#feeds")).ToContainTextAsync("http:all");
        await Expect(page.Tab.Locator("#actors")).ToContainTextAsync("game-state");
        var looked = await page.Tab.RunAxe();
        Assert.NotEmpty(looked.Passes);
        Assert.Empty(looked.Violations.Where(fault => fault.Impact is "serious" or "critical")
            .Select(fault => $"{fault.Id}: {fault.Help}: {fault.Nodes[0].Html}"));

        await page.Tab.SetViewportSizeAsync(390, 844);
        Assert.Empty(await page.Tab.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('body > header > *, figure, figcaption *, figcaption')]
              .filter(one => one.getBoundingClientRect().right > innerWidth || one.scrollWidth > Math.max(one.clientWidth, one.offsetWidth))
              .map(one => one.textContent)
            """));

        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Forget key" }).ClickAsync();
        await Expect(page.Tab.GetByRole(AriaRole.Main)).ToBeHiddenAsync();
        await Expect(key).ToBeVisibleAsync();

        await page.Tab.GetByRole(AriaRole.Link, new() { Name = "Scoreboard" }).ClickAsync();
        await Expect(page.Tab.Locator("#key-dialog")).ToBeVisibleAsync();
        Assert.Equal(server.Url, new Uri(page.Tab.Url));
    }
}
