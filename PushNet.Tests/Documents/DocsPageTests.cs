using Microsoft.Playwright;
using PushNet.Tests.EndToEnd;
using PushNet.Tests.Scoreboard;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Documents;

/// <summary>The page of the API documents in a real Chromium.</summary>
[Collection(Chromium.Name)]
public class DocsPageTests(Chromium chromium)
{
    [FactWithFile(Chromium.File)]
    public async Task It_shows_both_documents_side_by_side_in_our_look_and_leads_nowhere_else()
    {
        await using var server = await PushServer.StartAsync();
        await using var page = await chromium.OpenAsync(server.Url, key: null, "docs/", tab => tab.SetViewportSizeAsync(390, 844));
        var (rest, channels) = (page.Tab.GetByRole(AriaRole.Link, new() { Name = "REST" }), page.Tab.GetByRole(
            AriaRole.Link, new() { Name = "Channels" }));
        await Expect(page.Tab.GetByRole(AriaRole.Heading, new() { Name = "PushNet over HTTP" })).ToBeVisibleAsync();
        await Expect(rest).ToHaveAttributeAsync("aria-current", "page");
        Assert.True(await page.Tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "it is wider than a phone");

        await page.Tab.SetViewportSizeAsync(1280, 800);
        await channels.ClickAsync();
        await Expect(page.Tab.GetByRole(AriaRole.Heading, new() { Name = "PushNet channels" })).ToBeVisibleAsync();
        await Expect(channels).ToHaveAttributeAsync("aria-current", "page");
        await Expect(page.Tab.GetByText("What a client receives").First).ToBeVisibleAsync();
        foreach (var vendors in (string[])["Powered by Scalar", "Configure", "Share", "Generate SDK", "Deploy"])
        {
            await Expect(page.Tab.GetByText(vendors, new() { Exact = true }).And(page.Tab.Locator(":visible"))).ToHaveCountAsync(0);
        }

        await page.Tab.GetByRole(AriaRole.Link, new() { Name = "Scoreboard" }).ClickAsync();
        await Expect(page.Tab.Locator("#key-dialog")).ToBeVisibleAsync();
    }
}
