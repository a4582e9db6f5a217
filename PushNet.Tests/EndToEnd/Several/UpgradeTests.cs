using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Servers, and servers of NATS, that are stopped and started again as for an upgrade, under 500 lines a second.</summary>
[Collection(Alone.Name)]
public sealed class UpgradeTests(ITestOutputHelper output)
{
    private const int Times = 3;

    private static readonly Happening[] Stops =
    [
        new("all servers are stopped and started, one after the other, for the clients of others", Times, 1, RollAsync),
        new("a NATS server that does not lead is stopped", Times, 2, Happening.OfFollower(nats => nats.StopAsync("TERM"))),
        new("the NATS server that leads is stopped", Times, 20, Happening.OfLeader(nats => nats.StopAsync("TERM"))),
        new("a NATS server that does not lead retires", Times, 2, Happening.OfFollower(nats => nats.StopAsync("USR2"))),
        new("the NATS server that leads retires", Times, 20, Happening.OfLeader(nats => nats.StopAsync("USR2"))),
    ];

    [LongFact(NatsServer.Program)]
    public async Task What_is_stopped_and_started_again_costs_the_clients_of_others_little_and_no_line_is_refused()
    {
        await using var servers = await ServersOnLog.StartAsync();
        foreach (var stop in Stops)
        {
            await stop.RunAsync(servers, output);
        }

        Assert.Equal(0, servers.Feeder.Refusals);
        await servers.AssertEqualAsync();
    }

    private static async Task<TimeSpan> RollAsync(ServersOnLog servers)
    {
        var longest = TimeSpan.Zero;
        foreach (var name in ServersOnLog.Names)
        {
            var stopped = await servers.EndAsync(name, Happening.ASecond, "TERM");
            var started = await servers.GapOfAsync(() => servers.AddAsync(name), Happening.ASecond);
            longest = new[] { longest, stopped, started }.Max();
        }

        return longest;
    }
}
