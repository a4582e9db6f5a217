using System.Net.WebSockets;

namespace PushNet.Tests.EndToEnd;

/// <summary>How long a stop takes.</summary>
[Collection(Alone.Name)]
public class StoppingTimeTests : StoppingServer
{
    [Fact]
    public async Task Sigterm_ends_a_thousand_open_sockets_within_three_seconds_and_tells_each_when_to_come_back()
    {
        using var server = ServerProcess.Start([], Settings);
        var url = await server.ListeningAsync();
        var clients = await JoinAsync(url, 1000);

        var endings = clients.Select(ReadEndingAsync).ToList();
        await server.SignalAsync("TERM");
        var took = await server.ExitAsync();

        Assert.Equal(0, server.ExitCode);
        Assert.True(took < TimeSpan.FromSeconds(3), $"took {took}");
        var all = await Task.WhenAll(endings);
        Assert.All(all, ending => Assert.Equal((WebSocketCloseStatus)1012, ending.Close));
        Assert.All(all, ending => Assert.InRange(ending.AfterMs, 1, 60_000));
        Assert.InRange(all.Select(ending => ending.AfterMs).Distinct().Count(), 500, 1000);
    }

    [Fact]
    public async Task A_stalled_client_holds_the_stop_no_longer_than_the_drain_window()
    {
        using var server = ServerProcess.Start([], [.. Settings, ("PushNet__Drain__Window", "00:00:03")]);
        var url = await server.ListeningAsync();
        using var http = Client(url);
        await PostAsync(http, [Lines.Game("g1")]);
        var healthy = await JoinAsync(url, 20);
        using var stalled = await (await ConnectAsync(url)).JoinAsync("odds");
        var endings = healthy.Select(ReadEndingAsync).ToList();
        await PostAsync(http, Lines.MovingPrices("g1", 12_000));

        await server.SignalAsync("TERM");
        var took = await server.ExitAsync();

        Assert.Equal(0, server.ExitCode);
        Assert.True(took < TimeSpan.FromSeconds(4), $"took {took}");
        Assert.All(await Task.WhenAll(endings), ending => Assert.Equal((WebSocketCloseStatus)1012, ending.Close));
    }
}
