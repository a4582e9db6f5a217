using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>
/// Servers and servers of NATS die under 500 lines a second. The seconds of docs/several-servers.md come from here, with
/// <c>PUSHNET_FUZZ=long</c>.
/// </summary>
public sealed class SeveralServersTests(ITestOutputHelper output)
{
    private const string Stream = "PUSHNET";
    private const int ASecond = 500;
    private const double OfElection = 20;

    // What happens, how often, and the longest that clients may wait for the next frame, in seconds. A machine that runs other tests
    // beside these is slower.
    private static readonly (string What, int Times, double Longest, Func<ServersOnLog, Task<TimeSpan>> Happens)[] Deaths =
    [
        ("nothing, for ten seconds", Fuzz.Fuzz.Of(3, 0), 1, servers => servers.GapOfAsync(() => Task.CompletedTask, 10 * ASecond)),
        ("a server is killed, for the clients of others", Fuzz.Fuzz.Of(20, 1), Fuzz.Fuzz.IsLong ? 1 : 5, EndAsync("KILL")),
        ("a server is stopped, for the clients of others", Fuzz.Fuzz.Of(6, 0), 1, EndAsync("TERM")),
        ("a NATS server that does not lead is killed", Fuzz.Fuzz.Of(10, 0), 2, OfFollower(nats => nats.KillAsync())),
        ("the NATS server that leads is killed", Fuzz.Fuzz.Of(10, 1), 20, OfLeader(nats => nats.KillAsync())),
        ("the NATS server that leads hangs", Fuzz.Fuzz.Of(3, 0), 20, OfLeader(nats => nats.SignalAsync("STOP"))),
        ("all NATS servers are killed and started", Fuzz.Fuzz.Of(3, 0), 30, OfAll),
    ];

    [FactWithFile(NatsServer.Program)]
    public async Task What_dies_costs_the_clients_of_others_little_and_nothing_is_lost_or_comes_twice()
    {
        await using var servers = await ServersOnLog.StartAsync();
        foreach (var (what, times, longest, happens) in Deaths.Where(death => death.Times > 0))
        {
            var gaps = new List<double>();
            for (var i = 0; i < times; i++)
            {
                var elections = servers.Nats.Elections(Stream);
                var gap = (await happens(servers)).TotalSeconds;
                gaps.Add(gap);

                // On a machine that is busy enough, NATS elects another leader by itself.
                var isElected = servers.Nats.Elections(Stream) > elections;
                Assert.True(
                    gap <= (isElected ? Math.Max(longest, OfElection) : longest),
                    $"{what}: {gap:0.0} s after {i} times; elected: {isElected}; {string.Join(' ', servers.LastGaps)}; fed: {servers.Fed}");
            }

            output.WriteLine($"{what}: {string.Join(' ', gaps.Select(gap => $"{gap:0.0}"))} s");
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

    private static Func<ServersOnLog, Task<TimeSpan>> OfLeader(Func<NatsServer, Task> work) => async servers =>
        await HappensAsync(servers, (await servers.Nats.RolesAsync(Stream)).Leader, work);

    private static Func<ServersOnLog, Task<TimeSpan>> OfFollower(Func<NatsServer, Task> work) => async servers =>
        await HappensAsync(servers, (await servers.Nats.RolesAsync(Stream)).Followers[0], work);

    private static async Task<TimeSpan> OfAll(ServersOnLog servers)
    {
        await servers.Nats.RolesAsync(Stream);
        return await servers.GapOfAsync(
            async () =>
            {
                await servers.Nats.AllAsync(nats => nats.KillAsync());
                await servers.Nats.AllAsync(nats => nats.StartAgainAsync());
            },
            ASecond);
    }

    private static async Task<TimeSpan> HappensAsync(ServersOnLog servers, NatsServer nats, Func<NatsServer, Task> work)
    {
        var gap = await servers.GapOfAsync(() => work(nats), ASecond);
        if (Fuzz.Fuzz.IsLong)
        {
            await (nats.IsRunning ? nats.SignalAsync("CONT") : nats.StartAgainAsync());
        }

        return gap;
    }
}
