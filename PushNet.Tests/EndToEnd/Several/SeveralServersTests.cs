using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>
/// Servers and servers of NATS die under 500 lines a second. The seconds of docs/several-servers.md come from here, with
/// <c>PUSHNET_FUZZ=long</c>.
/// </summary>
public sealed class SeveralServersTests(ITestOutputHelper output)
{
    private const int ASecond = Happening.ASecond;

    // A machine that runs other tests beside these is slower.
    private static readonly Happening[] Deaths =
    [
        new("nothing, for ten seconds", Fuzz.Fuzz.Of(3, 0), 1, servers => servers.GapOfAsync(() => Task.CompletedTask, 10 * ASecond)),
        new("a server is killed, for the clients of others", Fuzz.Fuzz.Of(20, 1), Fuzz.Fuzz.IsLong ? 1 : 5, EndAsync("KILL")),
        new("a server is stopped, for the clients of others", Fuzz.Fuzz.Of(6, 0), 1, EndAsync("TERM")),
        new("a NATS server that does not lead is killed", Fuzz.Fuzz.Of(10, 0), 2, Happening.OfFollower(nats => nats.KillAsync())),
        new("the NATS server that leads is killed", Fuzz.Fuzz.Of(10, 1), 20, Happening.OfLeader(nats => nats.KillAsync())),
        new("the NATS server that leads hangs", Fuzz.Fuzz.Of(3, 0), 20, Happening.OfLeader(nats => nats.SignalAsync("STOP"))),
        new("all NATS servers are killed and started", Fuzz.Fuzz.Of(3, 0), 30, OfAll),
    ];

    [FactWithFile(NatsServer.Program)]
    public async Task What_dies_costs_the_clients_of_others_little_and_nothing_is_lost_or_comes_twice()
    {
        await using var servers = await ServersOnLog.StartAsync();
        foreach (var death in Deaths)
        {
            await death.RunAsync(servers, output);
        }

        Assert.Equal(0, servers.Feeder.Refusals);
        await servers.AssertEqualAsync();
    }

    // In turn one to which the lines come, and another one.
    private static Func<ServersOnLog, Task<TimeSpan>> EndAsync(string signal)
    {
        var count = 0;
        return async servers =>
        {
            var name = count++ % 2 == 0 ? servers.Fed : servers.Other;
            var gap = await servers.EndAsync(name, ASecond, signal);
            await (Fuzz.Fuzz.IsLong ? servers.AddAsync(name) : Task.CompletedTask);
            return gap;
        };
    }

    private static async Task<TimeSpan> OfAll(ServersOnLog servers)
    {
        await servers.Nats.RolesAsync(Happening.Stream);
        return await servers.GapOfAsync(
            async () =>
            {
                await servers.Nats.AllAsync(nats => nats.KillAsync());
                await servers.Nats.AllAsync(nats => nats.StartAgainAsync());
            },
            ASecond);
    }
}
