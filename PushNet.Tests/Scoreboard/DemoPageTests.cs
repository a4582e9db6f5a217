using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Hosting;
using PushNet.Web.Security.Keys;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Scoreboard;

/// <summary>The page of a server that nobody has made a key for yet.</summary>
[Collection(Chromium.Name)]
public class DemoPageTests(Chromium chromium)
{
    [FactWithFile(Chromium.File)]
    public async Task It_shows_the_demo_and_says_why_it_needs_a_key_when_somebody_has_made_the_first()
    {
        using var data = new ServerData();
        await using var server = PushNetServer.Build(builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration["PushNet:Data:Directory"] = data.Name;
            builder.Configuration["PushNet:Operator:Url"] = "";
        });
        await server.StartAsync();
        await using var page = await chromium.OpenAsync(new Uri(Assert.Single(server.Urls)), key: null);
        await page.UntilConnectedAsync();
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Key" }).ClickAsync();
        await page.Tab.Locator("#key").FillAsync("a-key-that-nobody-made");
        await page.Tab.Locator("#key").PressAsync("Enter");
        await Expect(page.Tab.Locator("#key-error")).ToHaveTextAsync("this key is not known");
        await page.Tab.Locator("#key-dialog").GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.UntilConnectedAsync();

        new KeyFile(data.File("keys.db"), TimeProvider.System).Create(new NewKey("first", ["ops"], default, null));

        await Expect(page.Tab.Locator("#key-error")).ToHaveTextAsync(
            "the demo's keys have ended, because this server has keys of its own now; ask for one of those");
    }
}
