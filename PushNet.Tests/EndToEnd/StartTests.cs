using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

public class StartTests
{
    private const string TimeStamp = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z";

    [Fact]
    public async Task Without_any_setting_it_plays_the_demo_and_says_how_to_connect()
    {
        using var server = ServerProcess.Start(["serve", "--urls", "http://127.0.0.1:0"]);
        var url = await server.ListeningAsync();
        await Eventually.True(() => Task.FromResult(server.Output.Contains("REST:", StringComparison.Ordinal)));
        var key = System.Text.RegularExpressions.Regex.Match(server.Output, "pn_demo_[A-Za-z0-9]{32}").Value;

        using var http = new HttpClient { BaseAddress = url };
        await Eventually.True(
            async () => JsonDocument.Parse(await http.GetStringAsync("/health")).RootElement.GetProperty("live").GetInt32() >= 3);

        using var client = await PushClient.JoinAsync(new Uri($"ws://{url.Authority}/ws/odds?key={key}"));

        Assert.True(client.Snapshot.GetProperty("count").GetInt32() >= 3);
        await client.ReceiveUntilAsync("price_change");

        // Whoever shares no log pays nothing for it.
        var loaded = await File.ReadAllTextAsync($"/proc/{server.Id}/maps");
        Assert.Contains("Akka.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("NATS.", loaded, StringComparison.Ordinal);
        await server.SignalAsync("INT");
        await server.ExitAsync();
        Assert.Equal(0, server.ExitCode);
        Assert.Matches($"(?m)^{TimeStamp} info: PushNet.Web.Hosting.DrainService", server.Output);
    }

    [Fact]
    public async Task With_json_logs_every_line_is_json_and_none_has_the_demo_key()
    {
        using var server = ServerProcess.Start(["--urls", "http://127.0.0.1:0"], ("Logging__Console__FormatterName", "json"));
        await Eventually.True(() => Task.FromResult(server.Output.Contains("PushNet listens on", StringComparison.Ordinal)));
        await server.SignalAsync("TERM");
        await server.ExitAsync();

        Assert.DoesNotContain("pn_demo_", server.Output);
        Assert.All(server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(JsonValueKind.String, json.RootElement.GetProperty("Message").ValueKind);
            Assert.Matches($"^{TimeStamp}$", json.RootElement.GetProperty("Timestamp").GetString());
        });
    }

    [Fact]
    public async Task A_replay_plays_its_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, [WithAt(Lines.Game("g1"), 0), WithAt(Lines.Price("g1", 110), 1)]);
        await using var server = await PushServer.StartAsync(("Feed:Kind", "replay"), ("Feed:File", file), ("Feed:Speed", "100"));

        await Eventually.True(async () => (await server.GetJsonAsync("/v1/games/live")).GetProperty("seq").GetInt64() == 2);

        Assert.Equal(2, (await server.GetJsonAsync("/health")).GetProperty("feed").GetProperty("replay").GetProperty("applied").GetInt32());
        File.Delete(file);
    }

    private static string WithAt(string line, int at) => line.Replace("{\"type\"", $"{{\"at\":{at},\"type\"", StringComparison.Ordinal);
}
