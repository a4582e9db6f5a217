using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using PushNet.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Scoreboard;

/// <summary>The client module on a page of another server, in a real Chromium: what it learns about why it may not connect.</summary>
[Collection(Chromium.Name)]
public class ForeignPageTests(Chromium chromium)
{
    [FactWithFile(Chromium.File)]
    public async Task A_page_of_another_port_learns_why_it_may_not_connect_and_when_it_may()
    {
        await using var elsewhere = await ElsewhereAsync();
        var origin = Assert.Single(elsewhere.Urls);
        await using var closed = await PushServer.StartAsync();
        await using var open = await PushServer.StartAsync(
            ("Origins", origin), ("Limits:MaxConnectionsPerAddress", "1"), ("Limits:SpareLoopback", "false"));
        await using var context = await chromium.NewContextAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(origin);

        Assert.StartsWith($"refused: pages of {origin} may not connect", await StateAsync(tab, closed, PushServer.Key));
        Assert.StartsWith("unauthorized: this key is not known", await StateAsync(tab, closed, "wrong-key-0123456789"));
        Assert.Equal("open: ", await StateAsync(tab, open, PushServer.Key));
        Assert.Equal("200", await tab.EvaluateAsync<string>(
            "async ([url, key]) => `${(await fetch(url, { headers: { Authorization: `Bearer ${key}` } })).status}`",
            new[] { $"{open.Url}v1/games/live", PushServer.Key }));

        await open.UntilConnectionsAre(0);
        using var taken = await open.JoinAsync("live");
        Assert.StartsWith("waiting: the address 127.0.0.1 may have 1 connections at once", await StateAsync(tab, open, PushServer.Key));
    }

    [FactWithFile(Chromium.File)]
    public async Task The_scoreboard_of_the_examples_follows_the_games_from_another_port()
    {
        await using var elsewhere = await ElsewhereAsync();
        var origin = Assert.Single(elsewhere.Urls);
        await using var server = await PushServer.StartAsync(("Origins", origin));
        await server.IngestAsync(Lines.Game("g1", home: 2, away: 1));
        await using var page = await chromium.OpenAsync(
            new Uri(origin), key: null, $"examples/scoreboard.html?ws://{server.Url.Authority}/ws/live#{PushServer.Key}");
        await Expect(page.Tab.Locator("#state")).ToHaveTextAsync("open");
        await Expect(page.Tab.Locator("tr")).ToContainTextAsync("Home21Away");

        await server.IngestAsync(Lines.Game("g1", home: 3, away: 1));
        await Expect(page.Tab.Locator("tr")).ToContainTextAsync("Home31Away");
    }

    /// <summary>A server on another port, which has an empty page and the files of the project.</summary>
    private static async Task<WebApplication> ElsewhereAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => Results.Content("<title>elsewhere</title>", "text/html"));
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(DocsTests.Root) });
        await app.StartAsync();
        return app;
    }

    /// <summary>The state that a connection of the page reaches, and why.</summary>
    private static Task<string> StateAsync(IPage tab, PushServer server, string key) => tab.EvaluateAsync<string>(
        """
        async ([url, key]) => {
          const { PushNetClient } = await import('/clients/js/pushnet-client.js');
          const client = new PushNetClient(url, key);
          const { state, error } = await new Promise(resolve => {
            client.addEventListener('state', ({ detail }) => detail.state === 'connecting' || resolve(detail));
            client.connect();
          });
          client.close();
          return `${state}: ${error ?? ''}`;
        }
        """,
        new[] { $"ws://{server.Url.Authority}/ws/live", key });
}
