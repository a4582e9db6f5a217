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

        // One document, because drawing one takes seconds.
        await using var page = await chromium.OpenAsync(
            server.Url, key: null, "docs/?api=channels", tab => tab.SetViewportSizeAsync(390, 844));
        await Expect(page.Tab.GetByRole(AriaRole.Heading, new() { Name = "PushNet channels" })).ToBeVisibleAsync();
        Assert.True(await page.Tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "it is wider than a phone");

        await page.Tab.SetViewportSizeAsync(1280, 800);
        await Expect(page.Tab.GetByRole(AriaRole.Link, new() { Name = "Channels" })).ToHaveAttributeAsync("aria-current", "page");
        await Expect(page.Tab.GetByRole(AriaRole.Link, new() { Name = "REST" })).ToHaveAttributeAsync("href", "?api=rest");
        await Expect(page.Tab.GetByText("What a client receives").First).ToBeVisibleAsync();
        foreach (var vendors in (string[])["Powered by Scalar", "Configure", "Share", "Generate SDK", "Deploy .NET"])
        {
            await Expect(page.Tab.GetByText(vendors, new() { Exact = true }).And(page.Tab.Locator(":visible"))).ToHaveCountAsync(0);
        }

        await page.Tab.GetByRole(AriaRole.Link, new() { Name = "Scoreboard" }).ClickAsync();
        await Expect(page.Tab.Locator("#key-dialog")).ToBeVisibleAsync();
    }
}
