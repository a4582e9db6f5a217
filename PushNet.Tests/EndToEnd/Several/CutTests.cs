using System.Text.Json;
using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>
/// Three machines, each with a server and one of NATS, whose links are cut one after another under 500 lines a second. Clients and
/// sources reach all servers all the while.
/// </summary>
[Collection(Alone.Name)]
public sealed class CutTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Election = TimeSpan.FromSeconds(10);

    // Servers of NATS notice after three pings that a connection is dead.
    private static readonly TimeSpan Healing = TimeSpan.FromSeconds(20);

    [NetworksFact]
    public async Task A_machine_that_is_cut_off_keeps_its_clients_the_others_go_on_and_all_are_equal_when_it_is_back()
    {
        using var networks = new Networks();
        await using var servers = await ServersOnLog.StartAsync(networks.Machines);
        for (var i = 0; i < ServersOnLog.Names.Count; i++)
        {
            var name = ServersOnLog.Names[i];
            var (leader, _) = await servers.Nats.RolesAsync(Happening.Stream);
            var leads = leader == servers.Nats.Servers[i];

            // What is on its way to this one is answered.
            servers.Unfed = name;
            await servers.Feeder.UntilAsync(Happening.ASecond / 10);
            string? state = null;
            await servers.GapOfAsync(
                async () =>
                {
                    networks.Cut(i, true);
                    await ServersOnLog.PassAsync(Length);
                    state = await StateAsync(servers.UrlOf(name));
                },
                1);
            var (own, others) = (servers.LastGaps[name], servers.LastGapOfOthers(name));
            var (goal, level) = (servers.SeqOf(servers.Fed), TimeSpan.Zero);
            await servers.GapOfAsync(
                async () =>
                {
                    var begin = TimeProvider.System.GetTimestamp();
                    networks.Cut(i, false);
                    await Eventually.True(() => Task.FromResult(servers.SeqOf(name) >= goal));
                    level = TimeProvider.System.GetElapsedTime(begin);
                    await ServersOnLog.PassAsync(Healing);
                },
                Happening.ASecond);
            output.WriteLine(
                $"a machine is cut off (its NATS server leads: {leads}): the others {others.TotalSeconds:0.0} s, "
                    + $"its own {own.TotalSeconds:0.0} s; it is back: the others {servers.LastGapOfOthers(name).TotalSeconds:0.0} s, "
                    + $"it has all after {level.TotalSeconds:0.0} s");

            // Others may have connections to the server of NATS that is cut off.
            Assert.InRange(others.TotalSeconds, 0, leads ? Happening.OfElection : Happening.OfElection / 2);
            Assert.InRange(own, Length - TimeSpan.FromSeconds(1), Length + Election);
            Assert.Equal("cut_off", state);
        }

        Assert.Equal(0, servers.Feeder.Refusals);
        await servers.AssertEqualAsync();
    }

    [NetworksFact]
    public async Task When_a_NATS_server_is_cut_off_from_the_others_alone_all_go_on_without_it_and_are_equal_when_it_is_back()
    {
        using var networks = new Networks();
        await using var servers = await ServersOnLog.StartAsync(networks.Machines);
        for (var i = 0; i < ServersOnLog.Names.Count; i++)
        {
            var (leader, _) = await servers.Nats.RolesAsync(Happening.Stream);
            var leads = leader == servers.Nats.Servers[i];
            var cut = await servers.GapOfAsync(
                async () =>
                {
                    networks.CutRoutes(i, true);
                    await ServersOnLog.PassAsync(Length);
                },
                1);
            var back = await servers.GapOfAsync(
                async () =>
                {
                    networks.CutRoutes(i, false);
                    await ServersOnLog.PassAsync(Healing);
                },
                Happening.ASecond);
            output.WriteLine(
                $"a server of NATS is cut off (it leads: {leads}): {cut.TotalSeconds:0.0} s; it is back: {back.TotalSeconds:0.0} s");

            // Its return may make the others elect a leader.
            Assert.InRange(cut.TotalSeconds, 0, leads ? Happening.OfElection : Happening.OfElection / 2);
            Assert.InRange(back.TotalSeconds, 0, Happening.OfElection);
        }

        Assert.Equal(0, servers.Feeder.Refusals);
        await servers.AssertEqualAsync();
    }

    private static async Task<string?> StateAsync(Uri server)
    {
        using var http = new HttpClient();
        var health = JsonDocument.Parse(await http.GetStringAsync(new Uri(server, "/health"))).RootElement;
        return health.GetProperty("log").GetProperty("state").GetString();
    }
}

/// <summary>A test in network namespaces. It is skipped where they can't be made.</summary>
internal sealed class NetworksFactAttribute : SoundNatsFactAttribute
{
    private static readonly bool CanMake = Fuzz.Fuzz.IsLong && Networks.CanMake();

    public NetworksFactAttribute() =>
        Skip ??= CanMake ? null : "only root may make network namespaces, with ip of iproute2, and not in every container";
}
