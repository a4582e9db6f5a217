using System.Net;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>The disk of NATS is full.</summary>
public sealed class FullNatsDiskTests
{
    [SmallNatsDiskFact]
    public async Task Lines_are_refused_readers_are_served_and_after_a_kill_of_NATS_all_that_was_acknowledged_is_there()
    {
        using var disk = new SmallDisk(megabytes: 64);
        await using var nats = await NatsServer.StartAsync("-sd", disk.Name);
        await using var a = await StartAsync("a", nats);
        await using var feeder = new Feeder(() => [a.Url]);
        await feeder.UntilAsync(Happening.ASecond);
        using var client = await WatchingClient.JoinAsync(a.Url);
        disk.Fill();
        await Eventually.True(() => Task.FromResult(feeder.Refusals > 0));

        using (var refused = await a.Http.PostAsync("/v1/ingest", PushServer.Ndjson([Lines.Game("g0")])))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("the log can't be written: ", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("no word from the log", (await a.GetJsonAsync("/health")).GetProperty("degraded")[0].GetString());
        Assert.Equal(10, (await a.GetJsonAsync("/v1/games/live")).GetProperty("count").GetInt32());

        await nats.KillAsync();
        disk.MakeRoom();
        await nats.StartAgainAsync();
        await feeder.UntilAsync(Happening.ASecond);
        await feeder.StopAsync();
        Assert.False(client.IsOver, client.Fault);
        await using var b = await StartAsync("b", nats);
        await feeder.AssertThereAsync(b.Url);
        Assert.Equal(feeder.Acknowledged, client.Seq);
    }

    private static Task<PushServer> StartAsync(string name, NatsServer nats) => PushServer.StartAsync(
        ("Data:Nats", nats.Url),
        ("Data:Log:Name", name),
        ("Data:Log:MaxBytes", "16777216"),
        ("Data:Log:IngestPatience", "00:00:02"));
}

/// <summary>A test of a NATS server on a small disk. It is skipped on a machine that forbids to mount one.</summary>
internal sealed class SmallNatsDiskFactAttribute : LongFactAttribute
{
    public SmallNatsDiskFactAttribute()
        : base(NatsServer.Program) => Skip ??= SmallDiskFactAttribute.WhySkipped;
}
