using Microsoft.AspNetCore.Hosting;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Servers whose NATS comes back with an older copy of its store.</summary>
public sealed class RepairTests
{
    [LongFact(NatsServer.Program)]
    public async Task A_log_that_lost_its_end_goes_on_with_the_board_of_the_server_that_had_read_most()
    {
        await using var nats = await NatsServer.StartAsync();
        using var older = new TempFolder();
        await using var a = await StartAsync("a", nats.Url);
        await using var b = await StartAsync("b", nats.Url);
        using var clientOfA = await a.JoinAsync("live");
        await a.IngestAsync(Lines.Game("g1"));
        await Eventually.True(async () => await ListedAsync(a) == 2);
        await nats.KillAsync();
        nats.CopyStoreTo(older.Name);
        await nats.StartAgainAsync();
        await AreReadyAsync(a, b);
        await a.IngestAsync(Lines.Game("g2"), Lines.Game("g3"));
        await Eventually.True(async () => (await LogAsync(b)).Seq == 3);

        await nats.KillAsync();
        nats.TakeStoreFrom(older.Name);
        await nats.StartAgainAsync();
        await using var c = await StartAsync("c", nats.Url);
        using var clientOfC = await c.JoinAsync("live");
        foreach (var server in new[] { a, b, c })
        {
            await Eventually.True(async () => (await LogAsync(server)).State == "lost");
        }

        Assert.Equal(1, (await LogAsync(c)).Seq);
        Assert.Contains(
            "NATS lost messages of the log that server", (await c.GetJsonAsync("/health")).GetProperty("degraded")[0].GetString());
        using var operators = new OperatorClient(c);
        var (status, why) = await operators.StatusAsync(HttpMethod.Post, "/ops/board-log/repair?force=true");
        Assert.Equal(409, status);
        Assert.Matches("^the board of server [ab] is at seq 3, and this one is at seq 1\\. Repair the log there\\.$", why);

        using var operatorsOfA = new OperatorClient(a);
        var seq = (await operatorsOfA.PostAsync("/ops/board-log/repair")).GetProperty("seq").GetInt64();
        Assert.Equal(3, seq % 1_000_000);

        await AreReadyAsync(a, b, c);
        await c.IngestAsync(Lines.Game("g4"));
        await RiseAsync(clientOfA, seq + 1);
        await RiseAsync(clientOfC, seq + 1);
        Assert.Equal(4, (await b.GetJsonAsync("/v1/games/live")).GetProperty("count").GetInt32());
    }

    private static Task<PushServer> StartAsync(string name, string nats)
    {
        var address = $"http://127.0.0.1:{NatsServer.FreePort()}";
        return PushServer.StartAsync(
            builder => builder.WebHost.UseUrls(address),
            PushServer.WithOperatorPort,
            ("Data:Nats", nats),
            ("Data:Log:Name", name),
            ("Data:Log:Address", address),
            ("Data:Log:MaxBytes", "67108864"));
    }

    private static async Task<int> ListedAsync(PushServer server)
    {
        using var operators = new OperatorClient(server);
        return (await operators.GetAsync("/ops/server/list")).GetArrayLength();
    }

    private static async Task<(string? State, long Seq)> LogAsync(PushServer server)
    {
        var log = (await server.GetJsonAsync("/health")).GetProperty("log");
        return (log.GetProperty("state").GetString(), log.GetProperty("seq").GetInt64());
    }

    private static async Task AreReadyAsync(params PushServer[] servers)
    {
        foreach (var server in servers)
        {
            await Eventually.True(async () => (await LogAsync(server)).State == "ready");
        }
    }

    private static async Task RiseAsync(PushClient client, long last)
    {
        var numbers = new List<long> { client.SnapshotSeq };
        while (numbers[^1] < last)
        {
            numbers.Add((await client.ReceiveAsync()).Seq());
        }

        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Equal([last - 1, last], numbers[^2..]);
    }
}
