using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>The power of NATS fails under load.</summary>
public sealed class PowerTests(ITestOutputHelper output)
{
    // The kernel writes after 5 to 30 s by itself.
    private static readonly TimeSpan Running = TimeSpan.FromSeconds(45);

    [PowerFact]
    public async Task What_is_not_on_the_disk_is_put_back_by_a_server_that_lived_through_it()
    {
        using var disk = new PowerlessDisk();
        await using var nats = await NatsServer.StartAsync("-sd", disk.Name);
        await using var a = await StartAsync("a", nats);
        await using var feeder = new Feeder(() => [a.Url]);
        await feeder.UntilAsync(1);
        await ServersOnLog.PassAsync(Running);
        var (before, acknowledged) = (await LogAsync(a), feeder.Acknowledged);

        await disk.FailAsync(nats.KillAsync);
        await nats.StartAgainAsync();
        await Eventually.True(async () => (await LogAsync(a)).State == "lost");
        var left = (long)(await nats.JetStream.GetStreamAsync(Happening.Stream)).Info.State.LastSeq;
        Assert.InRange(left, 0, before.Message - 1);

        using var operators = new OperatorClient(a);
        var seq = (await operators.PostAsync("/ops/board-log/repair")).GetProperty("seq").GetInt64();
        Assert.True(seq >= 1_000_000 + acknowledged, $"{seq}, and {acknowledged} lines were acknowledged");
        await feeder.UntilAsync(Happening.ASecond);
        await feeder.StopAsync();
        await feeder.AssertThereAsync(a.Url);
        await using var b = await StartAsync("b", nats);
        await feeder.AssertThereAsync(b.Url);
        output.WriteLine($"the power fails: {before.Message - left} of {before.Message} messages are lost");
    }

    [SyncFact]
    public async Task Nothing_is_lost_when_NATS_syncs_all_that_it_takes()
    {
        using var disk = new PowerlessDisk();
        using var folder = new TempFolder();
        var configuration = folder.File("nats.conf");
        await File.WriteAllTextAsync(configuration, "jetstream { sync_interval: always }");
        await using var nats = await NatsServer.StartAsync("-sd", disk.Name, "-c", configuration);
        await using var a = await StartAsync("a", nats);
        await using var feeder = new Feeder(() => [a.Url]);
        await feeder.UntilAsync(1);
        await ServersOnLog.PassAsync(Running);
        await feeder.StopAsync();

        await disk.FailAsync(nats.KillAsync);
        await nats.StartAgainAsync();
        await using var b = await StartAsync("b", nats);
        await feeder.AssertThereAsync(b.Url);
    }

    private static Task<PushServer> StartAsync(string name, NatsServer nats) => PushServer.StartAsync(
        PushServer.WithOperatorPort,
        ("Data:Nats", nats.Url),
        ("Data:Log:Name", name),
        ("Data:Log:MaxBytes", "134217728"));

    private static async Task<(string? State, long Message)> LogAsync(PushServer server)
    {
        var log = (await server.GetJsonAsync("/health")).GetProperty("log");
        return (log.GetProperty("state").GetString(), log.GetProperty("message").GetInt64());
    }
}

/// <summary>A test of a disk whose power fails. It is skipped where none can be mounted.</summary>
internal class PowerFactAttribute : LongFactAttribute
{
    private static readonly bool CanMount = Fuzz.Fuzz.IsLong && PowerlessDisk.CanMount();

    public PowerFactAttribute()
        : base(NatsServer.Program) =>
        Skip ??= CanMount ? null : "only root may mount the disk whose power fails, and not in every container";
}

/// <summary>A <see cref="PowerFactAttribute"/> that needs a NATS that can be told to sync.</summary>
internal sealed class SyncFactAttribute : PowerFactAttribute
{
    public SyncFactAttribute() => Skip ??= SoundNatsFactAttribute.WhySkipped;
}
