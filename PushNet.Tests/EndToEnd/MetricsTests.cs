using System.Text.Json;
using System.Text.RegularExpressions;

namespace PushNet.Tests.EndToEnd;

// Collectors go by the name of a meter, so they would also take in the metrics of other servers in this process, and lose them with these.
[Collection(Alone.Name)]
public partial class MetricsTests
{
    [Fact]
    public async Task Whatever_the_dashboard_and_the_alerts_ask_for_is_there()
    {
        using var data = new ServerData();
        await using var server = await data.StartAsync(settings: [PushServer.WithOperatorPort]);
        using var operators = new OperatorClient(server);
        await BusyAsync(server);
        GC.Collect();

        await Eventually.True(async () => NamesIn(await operators.Http.GetStringAsync("/metrics")).Contains("pushnet_source_age_seconds"));
        var served = NamesIn(await operators.Http.GetStringAsync("/metrics"));

        var dashboard = JsonDocument.Parse(File.ReadAllText(DocsTests.PathOf("docs/grafana/pushnet.json"))).RootElement;
        var expressions = dashboard.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : [])
            .Select(target => target.GetProperty("expr").GetString()!)
            .ToList();
        Assert.True(expressions.Count > 15);
        Assert.Empty(expressions.SelectMany(NamesAskedFor).Except(served));

        var alerts = File.ReadAllLines(DocsTests.PathOf("docs/prometheus/alerts.yml"))
            .Where(line => line.TrimStart().StartsWith("expr:", StringComparison.Ordinal)).ToList();
        Assert.True(alerts.Count > 5);

        // This server shares no log. SharedKeysTests finds these.
        Assert.Empty(alerts.SelectMany(NamesAskedFor).Except(served).Except(OfLog));
    }

    /// <summary>What a server shows that shares a log.</summary>
    internal static readonly string[] OfLog = ["pushnet_log_message", "pushnet_log_behind_seconds", "pushnet_log_followed"];

    [Fact]
    public async Task Observations_deliveries_and_refusals_are_counted_by_what_became_of_them()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);

        await BusyAsync(server);
        var after = await operators.Http.GetStringAsync("/metrics");

        Assert.Equal(3, Sum(after, "pushnet_observations_total", "outcome=\"applied\",source=\"http:all\""));
        Assert.Equal(1, Sum(after, "pushnet_observations_total", "outcome=\"rejected\",source=\"http:all\""));
        Assert.True(Sum(after, "pushnet_events_total", "type=\"price_change\"") >= 1);
        Assert.True(Sum(after, "pushnet_deliveries_total", "channel=\"odds\"") >= 2);
        Assert.True(Sum(after, "pushnet_connections_opened_total", "channel=\"odds\"") >= 1);
        Assert.True(Sum(after, "pushnet_connections_closed_total", "cause=\"client\"") >= 1);
        foreach (var reason in (string[])["key", "scope", "query", "origin", "handshake"])
        {
            Assert.True(Sum(after, "pushnet_requests_refused_total", $"reason=\"{reason}\"") >= 1, reason);
        }
    }

    /// <summary>Does a little of everything that is counted.</summary>
    private static async Task BusyAsync(PushServer server)
    {
        await server.IngestAsync(Lines.Game("g1"));
        using (var client = await server.JoinAsync("odds"))
        {
            using var body = PushServer.Ndjson([Lines.Game("g1", home: 1), Lines.Price("g1", 110), "no line"]);
            using var answer = await server.Http.PostAsync("/v1/ingest", body);
            await client.ReceiveUntilAsync("price_change");
            await client.Socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }

        await server.UntilConnectionsAre(0);
        using var other = new HttpClient { BaseAddress = server.Url };
        Assert.Equal(401, (int)(await other.GetAsync("/v1/games/live")).StatusCode);
        Assert.Equal(401, (int)(await other.GetAsync($"/ws/odds?key={PushServer.LiveOnlyKey}")).StatusCode);
        Assert.Equal(400, (int)(await other.GetAsync($"/ws/odds?key={PushServer.Key}&nonsense=1")).StatusCode);
        Assert.Equal(426, (int)(await other.GetAsync($"/ws/odds?key={PushServer.Key}")).StatusCode);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, $"/ws/odds?key={PushServer.Key}")
        {
            Headers = { { "Origin", "https://evil.example" } },
        };
        Assert.Equal(403, (int)(await other.SendAsync(foreign)).StatusCode);
    }

    private static HashSet<string> NamesIn(string metrics) => [.. SampleName().Matches(metrics).Select(match => match.Value)];

    private static IEnumerable<string> NamesAskedFor(string expression) => AskedName().Matches(expression).Select(match => match.Value);

    private static double Sum(string metrics, string name, string tag) => metrics.Split('\n')
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(tag, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.IndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0],
            System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex("(?m)^[a-z_]+")]
    private static partial Regex SampleName();

    [GeneratedRegex("(pushnet|dotnet)_[a-z_0-9]+")]
    private static partial Regex AskedName();
}
