using Microsoft.Playwright;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Scoreboard;

/// <summary>The client module on a page that another server has, in a real Chromium: what it learns of why it may not connect.</summary>
[Collection(Chromium.Name)]
public class ForeignPageTests(Chromium chromium)
{
    // Not this server's port: another origin.
    private const string Origin = "http://127.0.0.1:1";

    private static readonly string Client = File.ReadAllText(DocsTests.PathOf("PushNet.Web/wwwroot/pushnet-client.js"));

    [FactWithFile(Chromium.File)]
    public async Task A_page_of_another_port_learns_why_it_may_not_connect_and_when_it_may()
    {
        await using var closed = await PushServer.StartAsync();
        await using var open = await PushServer.StartAsync(("Sockets:Origins", Origin), ("Limits:MaxConnectionsPerAddress", "1"), ("Limits:SpareLoopback", "false"));
        await using var context = await chromium.NewContextAsync();
        var tab = await context.NewPageAsync();
        await tab.RouteAsync($"{Origin}/**", route => route.FulfillAsync(route.Request.Url.EndsWith(".js", StringComparison.Ordinal)
            ? new() { ContentType = "text/javascript", Body = Client }
            : new() { ContentType = "text/html", Body = "<title>elsewhere</title>" }));
        await tab.GotoAsync($"{Origin}/");

        Assert.StartsWith($"refused: pages of {Origin} may not connect", await StateAsync(tab, closed, PushServer.Key));
        Assert.StartsWith("unauthorized: this key is not known", await StateAsync(tab, closed, "wrong-key-0123456789"));
        Assert.Equal("open: ", await StateAsync(tab, open, PushServer.Key));

        await open.UntilConnectionsAre(0);
        using var taken = await open.JoinAsync("live");
        Assert.StartsWith("waiting: the address 127.0.0.1 may have 1 connections at once", await StateAsync(tab, open, PushServer.Key));
    }

    /// <summary>The state that a connection of the page comes to, and why.</summary>
    private static Task<string> StateAsync(IPage tab, PushServer server, string key) => tab.EvaluateAsync<string>(
        """
        async ([url, key]) => {
          const { PushNetClient } = await import('/pushnet-client.js');
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
