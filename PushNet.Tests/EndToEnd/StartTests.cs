using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

public class StartTests
{
    [Fact]
    public async Task Without_any_setting_it_plays_the_demo_and_says_how_to_connect()
    {
        using var server = ServerProcess.Start(["serve", "--urls", "http://127.0.0.1:0"]);
        var url = await server.ListeningAsync();
        await Eventually.True(() => Task.FromResult(server.Output.Contains("REST:", StringComparison.Ordinal)));
        var key = System.Text.RegularExpressions.Regex.Match(server.Output, "pn_demo_[A-Za-z0-9]{32}").Value;

        using var http = new HttpClient { BaseAddress = url };
        await Eventually.True(async () => JsonDocument.Parse(await http.GetStringAsync("/health")).RootElement.GetProperty("live").GetInt32() >= 3);

        using var client = await PushClient.JoinAsync(new Uri($"ws://{url.Authority}/ws/odds?key={key}"));

        Assert.True(client.Snapshot.GetProperty("count").GetInt32() >= 3);
        await client.ReceiveUntilAsync("price_change");
        await client.ReceiveUntilAsync("score_change");
        await server.SignalAsync("INT");
        await server.ExitAsync();
        Assert.Equal(0, server.ExitCode);
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
        });
    }

    public static TheoryData<string, string, string> BadSettings => new()
    {
        { "PushNet__Limits__MaxConnections", "0", "PushNet__Limits__MaxConnections is 0. It must be from 1 to 1000000." },
        { "PushNet__Limits__MaxConnections", "many", "PushNet__Limits__MaxConnections" },
        { "PushNet__Limits__MaxConections", "10", "PushNet__Limits__MaxConections is not a setting of this version" },
        { "PushNet__Feed__0__Kind", "pigeon", "PushNet__Feed__0__Kind is \"pigeon\"" },
        { "PushNet__Record__File", "/no/such/folder/match.ndjson", "PushNet__Record__File: " },
        { "PushNet__Feed__Kind", "replay", "PushNet__Feed__File is empty" },
        { "PushNet__ApiKeys__0__Key", "too-short", "PushNet__ApiKeys__N__Name is missing" },
        { "PushNet__Operator__Url", "http://0.0.0.0:8081", "must be of this machine" },
        { "PushNet__Operator__Url", "8081", "must be an address such as" },
        { "PushNet__KeepAlive__Interval", "00:00:00", "PushNet__KeepAlive__Interval" },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task A_setting_that_must_be_mended_stops_the_start_with_a_sentence(string name, string value, string sentence)
    {
        using var server = ServerProcess.Start([], (name, value));

        await server.ExitAsync();

        Assert.Equal(1, server.ExitCode);
        Assert.StartsWith("PushNet can't start: ", server.Output);
        Assert.Contains(sentence, server.Output);
        Assert.Single(server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_a_sentence()
    {
        await using var first = await PushServer.StartAsync();
        using var second = ServerProcess.Start(["--urls", first.Url.ToString()]);
        using var third = ServerProcess.Start(["--urls", "http://127.0.0.1:0"], ("PushNet__Operator__Url", first.Url.GetLeftPart(UriPartial.Authority)));

        await second.ExitAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("address already in use", second.Output);
        Assert.DoesNotContain("   at ", second.Output);

        await third.ExitAsync();

        Assert.Equal(1, third.ExitCode);
        Assert.Contains("address already in use. That is the address for operators; PushNet__Operator__Url names another", third.Output);
        Assert.DoesNotContain("   at ", third.Output);
    }

    [Fact]
    public async Task An_unknown_command_is_an_error_that_shows_the_known_ones()
    {
        using var server = ServerProcess.Start(["swerve"]);

        await server.ExitAsync();

        Assert.NotEqual(0, server.ExitCode);
        Assert.Contains("serve", server.Output);
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
