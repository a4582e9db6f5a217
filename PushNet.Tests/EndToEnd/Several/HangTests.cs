using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Servers, and servers of NATS, that hang and go on under 500 lines a second.</summary>
[Collection(Alone.Name)]
public sealed class HangTests(ITestOutputHelper output)
{
    private const int Times = 3;

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(14);
    private static readonly TimeSpan LongHang = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Election = TimeSpan.FromSeconds(10);

    [SoundNatsFact]
    public async Task A_NATS_server_that_hangs_and_wakes_costs_an_election_at_most()
    {
        // Each server begins on the server of NATS of its own.
        await using var servers = await ServersOnLog.StartAsync(
            settings: (i, nats) => [("PushNet__Data__Nats", nats.Servers[i].Url), ("PushNet__Data__Log__Replicas", "3")]);
        for (var count = 0; count < Times; count++)
        {
            var (leader, followers) = await servers.Nats.RolesAsync(Happening.Stream);
            var nats = followers[count % 2];
            var name = ServersOnLog.Names[servers.Nats.Servers.ToList().IndexOf(nats)];
            servers.Unfed = name;
            await servers.GapOfAsync(
                async () =>
                {
                    await nats.SignalAsync("STOP");
                    await ServersOnLog.PassAsync(Hang);
                },
                Happening.ASecond);
            var (own, others) = (servers.LastGaps[name], servers.LastGapOfOthers(name));
            var waking = await servers.GapOfAsync(
                async () =>
                {
                    await nats.SignalAsync("CONT");
                    await ServersOnLog.PassAsync(Election);
                },
                Happening.ASecond);
            output.WriteLine(
                $"a NATS server that does not lead hangs: {others.TotalSeconds:0.0} s, clients of the server on it "
                    + $"{own.TotalSeconds:0.0} s; it wakes: {waking.TotalSeconds:0.0} s");
            Assert.InRange(others.TotalSeconds, 0, 2);
            Assert.InRange(own.TotalSeconds, 0, Happening.OfElection);
            Assert.InRange(waking.TotalSeconds, 0, Happening.OfElection);

            // During an election servers connect to other servers of NATS than their own.
            foreach (var server in ServersOnLog.Names)
            {
                await servers.EndAsync(server, Happening.ASecond, "TERM");
                await servers.AddAsync(server);
            }
        }

        Assert.Equal(0, servers.Feeder.Refusals);
        await servers.AssertEqualAsync();
    }

    [LongFact(NatsServer.Program)]
    public async Task A_server_that_hangs_and_wakes_costs_the_clients_of_others_nothing_and_its_own_get_all()
    {
        await using var servers = await ServersOnLog.StartAsync();
        for (var count = 0; count < Times; count++)
        {
            var name = servers.Other;
            await servers.GapOfAsync(
                async () =>
                {
                    await servers.SignalAsync(name, "STOP");
                    await ServersOnLog.PassAsync(LongHang);
                },
                Happening.ASecond);
            var others = servers.LastGapOfOthers(name);
            var (begin, goal) = (TimeProvider.System.GetTimestamp(), servers.SeqOf(servers.Fed));
            await servers.SignalAsync(name, "CONT");
            await Eventually.True(() => Task.FromResult(servers.SeqOf(name) >= goal));
            var level = TimeProvider.System.GetElapsedTime(begin);
            var afterwards = await servers.GapOfAsync(() => Task.CompletedTask, Happening.ASecond);
            output.WriteLine(
                $"a server hangs: {others.TotalSeconds:0.0} s, its own clients have all {level.TotalSeconds:0.0} s after it goes on; "
                    + $"then {afterwards.TotalSeconds:0.0} s");
            Assert.InRange(others.TotalSeconds, 0, 1);
            Assert.InRange(level.TotalSeconds, 0, 5);
        }

        // What a source sent to it is answered late, and applied once.
        var fed = servers.Fed;
        await servers.SignalAsync(fed, "STOP");
        await ServersOnLog.PassAsync(LongHang);
        await servers.SignalAsync(fed, "CONT");
        await servers.Feeder.UntilAsync(Happening.ASecond);
        Assert.Equal(0, servers.Feeder.Refusals);
        await servers.AssertEqualAsync();
    }
}
