namespace PushNet.Tests.EndToEnd;

public class FreshnessTests
{
    [Fact]
    public async Task Health_tells_how_fresh_every_feed_and_every_sending_key_is()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("a.ndjson"), Lines.Game("a"));
        await File.WriteAllTextAsync(folder.File("b.ndjson"), $"{Lines.Game("b")}\nnonsense");
        await using var server = await PushServer.StartAsync(
            ("Feed:0:Kind", "replay"), ("Feed:0:File", folder.File("a.ndjson")),
            ("Feed:1:Kind", "replay"), ("Feed:1:File", folder.File("b.ndjson")), ("Feed:1:Name", "second"));
        await server.IngestAsync(Lines.Game("c"));

        await Eventually.True(async () => (await server.GetJsonAsync("/v1/games/live")).GetProperty("count").GetInt32() == 3);
        await Eventually.True(async () => Feed(await server.GetJsonAsync("/health"), "second").GetProperty("state").GetString() == "ended");
        var health = await server.GetJsonAsync("/health");

        Assert.Equal(["http", "replay", "second"], health.GetProperty("feed").EnumerateObject().Select(feed => feed.Name));
        Assert.Equal(
            (1, 1), (Feed(health, "second").GetProperty("applied").GetInt32(), Feed(health, "second").GetProperty("rejected").GetInt32()));
        Assert.Equal(("http", "running"),
            (Feed(health, "http").GetProperty("kind").GetString(), Feed(health, "http").GetProperty("state").GetString()));
        Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(Feed(health, "http").GetProperty("last_observation_ms").GetInt64()),
            TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow());
        Assert.Equal(("ok", 0), (health.GetProperty("status").GetString(), health.GetProperty("degraded").GetArrayLength()));
    }

    [Fact]
    public async Task Health_sums_the_keys_up_and_does_not_say_what_they_are_called()
    {
        await using var server = await PushServer.StartAsync(
            ("ApiKeys:2:Name", "feeder-of-ours"), ("ApiKeys:2:Key", "another-key-that-feeds"), ("ApiKeys:2:Scopes", "ingest"), (
                "Ingest:StaleAfter", "00:00:00.2"));
        await server.IngestAsync(Lines.Game("g1"), Lines.Game("g2"));
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", "another-key-that-feeds");
        await server.IngestAsync(Lines.Game("g3"));
        server.Http.DefaultRequestHeaders.Authorization = null;

        await Eventually.True(async () => (await server.GetJsonAsync("/health")).GetProperty("degraded").GetArrayLength() == 2);
        var health = await server.GetJsonAsync("/health");

        Assert.Equal(["http"], health.GetProperty("feed").EnumerateObject().Select(feed => feed.Name));
        Assert.Equal(
            ("stale", 3), (Feed(health, "http").GetProperty("state").GetString(), Feed(health, "http").GetProperty("applied").GetInt32()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Feed(health, "http").GetProperty("lag").ValueKind);
        Assert.DoesNotContain("feeder-of-ours", health.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_falls_silent_makes_health_degraded_and_closes_nothing()
    {
        await using var server = await PushServer.StartAsync(("Ingest:StaleAfter", "00:00:00.2"));
        await server.IngestAsync(Lines.Game("g1"));
        using var client = await server.JoinAsync("live");

        await Eventually.True(async () => (await server.GetJsonAsync("/health")).GetProperty("status").GetString() == "degraded");
        var health = await server.GetJsonAsync("/health");

        Assert.Equal("stale", Feed(health, "http").GetProperty("state").GetString());
        Assert.StartsWith("a key that feeds has sent nothing for ", health.GetProperty("degraded")[0].GetString());
        await server.IngestAsync(Lines.Game("g1", home: 1));
        await client.ReceiveUntilAsync("score_change");
    }

    [Fact]
    public async Task Clients_that_follow_details_are_told_that_the_data_is_old_and_that_it_is_fresh_again()
    {
        await using var server = await PushServer.StartAsync(("Ingest:StaleAfter", "1500ms"));
        await server.IngestAsync(Lines.Game("g1"));
        using var odds = await server.JoinAsync("odds", "details=1");
        using var other = await server.JoinAsync("live");

        var stale = Assert.Single((await odds.ReceiveUntilAsync("feed")).GetProperty("stale").EnumerateArray());
        Assert.Equal(("http", "stale"), (stale.GetProperty("name").GetString(), stale.GetProperty("state").GetString()));
        Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(stale.GetProperty("last_observation_ms").GetInt64()),
            TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow());
        using var late = await server.JoinAsync("live", "details=1");
        Assert.Equal("feed", (await late.ReceiveAsync()).GetProperty("type").GetString());

        // The source is fresh for 1.5 s after each line only, so on a busy machine one alone could be over before a look at it.
        var told = Task.WhenAll(odds.ReceiveUntilAsync("feed"), late.ReceiveUntilAsync("feed"));
        var home = 0;
        await Eventually.True(async () =>
        {
            await server.IngestAsync(Lines.Game("g1", home: ++home));
            return told.IsCompleted;
        });
        Assert.All(await told, frame => Assert.Empty(frame.GetProperty("stale").EnumerateArray()));

        Assert.Equal("score_change", (await other.ReceiveAsync()).GetProperty("type").GetString());
    }

    private static System.Text.Json.JsonElement Feed(System.Text.Json.JsonElement health, string name) =>
        health.GetProperty("feed").GetProperty(name);
}
