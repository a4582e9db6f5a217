using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Two of three servers of NATS are away under 500 lines a second.</summary>
[Collection(Alone.Name)]
public sealed class MajorityTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);

    // Its patience is short.
    private static readonly string Impatient = ServersOnLog.Names[^1];

    private static readonly (string What, Func<NatsServer, Task> Leaves, Func<NatsServer, Task> Returns)[] Ways =
    [
        ("hang", nats => nats.SignalAsync("STOP"), nats => nats.SignalAsync("CONT")),
        ("are killed", nats => nats.KillAsync(), nats => nats.StartAgainAsync()),
    ];

    [LongFact(NatsServer.Program)]
    public async Task Without_a_majority_clients_stay_reading_works_lines_are_refused_and_afterwards_all_goes_on_without_a_hole()
    {
        await using var servers = await ServersOnLog.StartAsync(
            settings: (i, _) => ServersOnLog.Names[i] == Impatient ? [("PushNet__Data__Log__IngestPatience", "00:00:02")] : []);
        servers.Unfed = Impatient;
        foreach (var (what, leaves, returns) in Ways)
        {
            var (leader, followers) = await servers.Nats.RolesAsync(Happening.Stream);
            NatsServer[] two = [leader, followers[0]];
            long back = 0;
            await servers.GapOfAsync(
                async () =>
                {
                    await Task.WhenAll(two.Select(leaves));
                    await Task.WhenAll(ServersOnLog.PassAsync(Outage), AssertServedAsync(servers));
                    await Task.WhenAll(two.Select(returns));
                    back = TimeProvider.System.GetTimestamp();
                },
                1);
            var after = TimeProvider.System.GetElapsedTime(back);
            await servers.Feeder.UntilAsync(Happening.ASecond);
            output.WriteLine($"two of three NATS servers {what} for {Outage.TotalSeconds:0} s: {after.TotalSeconds:0.0} s afterwards");
            Assert.InRange(after.TotalSeconds, 0, Happening.OfElection);
        }

        await servers.AssertEqualAsync();
    }

    private static async Task AssertServedAsync(ServersOnLog servers)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", PushServer.Key);
        using var body = PushServer.Ndjson([Lines.Game("g0")]);
        using var refused = await http.PostAsync(new Uri(servers.UrlOf(Impatient), "/v1/ingest"), body);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("the log can't be written: ", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var server in ServersOnLog.Names.Select(servers.UrlOf))
        {
            await Eventually.True(async () => await StateAsync(http, server) == ("cut_off", "no word from the log"));
            using var games = await http.GetAsync(new Uri(server, "/v1/games/live"));
            using var ready = await http.GetAsync(new Uri(server, "/health/ready"));
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (games.StatusCode, ready.StatusCode));
        }
    }

    // Where it stands, and how the sentence about it begins.
    private static async Task<(string? Standing, string? Sentence)> StateAsync(HttpClient http, Uri server)
    {
        var health = JsonDocument.Parse(await http.GetStringAsync(new Uri(server, "/health"))).RootElement;
        var sentence = health.GetProperty("degraded").EnumerateArray().Select(one => one.GetString()!).FirstOrDefault();
        return (health.GetProperty("log").GetProperty("state").GetString(), sentence?.Split(" for ")[0]);
    }
}
