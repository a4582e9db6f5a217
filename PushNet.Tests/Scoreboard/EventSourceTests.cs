using Microsoft.Extensions.DependencyInjection;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Scoreboard;

/// <summary>The EventSource of a browser, with the code of docs/protocol.md.</summary>
[Collection(Chromium.Name)]
public sealed class EventSourceTests(Chromium chromium)
{
    [FactWithFile(Chromium.File)]
    public async Task It_reads_every_event_and_means_to_come_back_after_a_kick()
    {
        await using var server = await PushServer.StartAsync();
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key);
        await page.UntilConnectedAsync();
        var script = DocsTests.ScriptsOf("docs/protocol.md").Single(js => js.Contains("new EventSource", StringComparison.Ordinal));

        await page.Tab.EvaluateAsync($$"""
            url => {
              const told = window.told = [];
              const apply = text => told.push(JSON.parse(text).type);
              {{script}}
              window.source = listen(url);
              window.source.addEventListener('closed', event => told.push(event.data));

              // It is back in a few seconds, before a busy test may have looked.
              window.source.addEventListener('error', () => {
                told.push(window.source.readyState === EventSource.CONNECTING ? 'comes back' : 'gave up');
                window.source.close();
              });
            }
            """, $"/sse/live?key={PushServer.Key}");
        await Until("told.length === 2");
        await server.IngestAsync(Lines.Game("g1"));
        await Until("told.length === 3");
        _ = server.Services.GetRequiredService<SocketRegistry>().Sockets.Single(socket => socket is EventStreamSocket).Kick();
        await Until("told.length === 5");

        Assert.Equal(
            ["welcome", "snapshot", "new_game", """{"code":1013,"reason":"disconnected by an operator"}""", "comes back"],
            await page.Tab.EvaluateAsync<string[]>("told"));

        // The page's policy forbids the browser what WaitForFunctionAsync does when the condition is not true at once.
        Task Until(string condition) => Eventually.True(() => page.Tab.EvaluateAsync<bool>(condition));
    }
}
