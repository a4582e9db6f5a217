using System.Net;
using Microsoft.AspNetCore.Hosting;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Two servers on one log, one of which is cut off from NATS.</summary>
public sealed class CutOffTests
{
    private const string Why = "the server is cut off from its data";

    [LongFact(NatsServer.Program)]
    public async Task A_server_that_is_cut_off_gives_its_clients_up_only_while_another_one_is_not_and_takes_some_when_it_is_back()
    {
        await using var nats = await NatsServer.StartAsync();
        using var network = new HalfOpenProxy(nats.EndPoint);
        await using var a = await StartAsync("a", nats.Url);
        await using var b = await StartAsync("b", $"nats://127.0.0.1:{network.Port}");
        await a.IngestAsync(Lines.Game("g1"));
        using var socket = await b.JoinAsync("live");
        using var stream = await EventStreamClient.JoinAsync(b, "odds");

        network.IsAway = true;
        await socket.ReceiveUntilAsync("reconnect");
        Assert.Null(await socket.ReceiveTextAsync());
        Assert.Equal((1012, Why), ((int)socket.Socket.CloseStatus!.Value, socket.Socket.CloseStatusDescription));
        await stream.IsClosedAsync(1012, Why);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), await AskAsync(b, "/ws/live", Why));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), await AskAsync(b, "/health/ready", Why));
        Assert.Equal((HttpStatusCode.OK, true), await AskAsync(a, "/health/ready", "ok"));

        network.IsAway = false;
        await Eventually.True(async () => await AskAsync(b, "/health/ready", "\"ok\"") == (HttpStatusCode.OK, true));
        using var again = await b.JoinAsync("live");
        await a.IngestAsync(Lines.Game("g1", home: 7));
        await again.ReceiveUntilAsync("score_change");

        await nats.KillAsync();
        await Eventually.True(async () => await AskAsync(a, "/health/ready", "for 6 s") == (HttpStatusCode.OK, true));
        Assert.Equal((HttpStatusCode.OK, true), await AskAsync(b, "/health/ready", "degraded"));
        await again.SendAsync("""{"type":"ping"}""");
        await again.ReceiveUntilAsync("pong");
    }

    private static Task<PushServer> StartAsync(string name, string nats)
    {
        var address = $"http://127.0.0.1:{NatsServer.FreePort()}";
        return PushServer.StartAsync(
            builder => builder.WebHost.UseUrls(address),
            ("Data:Nats", nats),
            ("Data:Log:Name", name),
            ("Data:Log:Address", address),
            ("Data:Log:MaxBytes", "67108864"),
            ("Data:Log:StaleAfter", "1s"),
            ("Data:Log:GoodbyeAfter", "2s"));
    }

    private static async Task<(HttpStatusCode Status, bool SaysSo)> AskAsync(PushServer server, string path, string text)
    {
        using var answer = await server.Http.GetAsync(path);
        return (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Contains(text, StringComparison.Ordinal));
    }
}
