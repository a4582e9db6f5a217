using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PushNet.Tests.EndToEnd;

/// <summary>A server that waits for the database of another one.</summary>
public sealed partial class StandbyTests
{
    [FactWithFile(PostgresServer.Package)]
    public async Task A_standby_is_alive_and_not_ready_until_the_owner_stops()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var owner = await PushServer.StartAsync(("Data:Postgres", postgres.ConnectionString));
        await owner.IngestAsync(Lines.Game("g1"));
        using var standby = ServerProcess.Start(
            ["--urls", "http://127.0.0.1:0"],
            ("PushNet__Data__Postgres", postgres.ConnectionString),
            ("PushNet__Data__Standby", "true"),
            ("PushNet__Feed__Kind", "none"),
            ("TMPDIR", "/nowhere"));
        await standby.PrintedAsync("stands by");
        await standby.PrintedAsync("could not be rehearsed");
        using var http = new HttpClient { BaseAddress = new Uri(StandsByOn().Match(standby.Output).Groups[1].Value) };

        Assert.Equal("""{"status":"ok"}""", await http.GetStringAsync("/health/live"));
        var health = JsonDocument.Parse(await http.GetStringAsync("/health")).RootElement;
        Assert.Equal(("standby", 0), (health.GetProperty("status").GetString(), health.GetProperty("games").GetInt32()));
        foreach (var path in new[] { "/health/ready", "/v1/games/live", "/ws/live" })
        {
            using var answer = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("another server has the database", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await owner.StopAsync();
        await owner.DisposeAsync();
        using var served = new HttpClient { BaseAddress = await standby.ListeningAsync() };
        Assert.Equal("""{"status":"ok"}""", await served.GetStringAsync("/health/ready"));
        Assert.Equal(1, JsonDocument.Parse(await served.GetStringAsync("/health")).RootElement.GetProperty("games").GetInt32());
    }

    [Fact]
    public async Task A_standby_without_a_database_is_a_sentence()
    {
        var error = await Assert.ThrowsAsync<Web.Settings.SettingsException>(() => PushServer.StartAsync(("Data:Standby", "true")));

        Assert.Equal("PushNet__Data__Standby needs a database that servers share. Give its connection string in PushNet__Data__Postgres.",
            error.Message);
    }

    [GeneratedRegex("stands by on (http://[^:]+:[0-9]+)")]
    private static partial Regex StandsByOn();
}
