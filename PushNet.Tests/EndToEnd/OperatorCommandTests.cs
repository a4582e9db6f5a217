using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PushNet.Tests.EndToEnd;

public class OperatorCommandTests
{
    [Fact]
    public async Task The_tree_shows_every_actor_and_the_subscribers_below_their_channel()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);
        using var first = await server.JoinAsync("odds");
        using var second = await server.JoinAsync("odds");

        var tree = await operators.GetAsync("/ops/actor/tree?children=1");
        var all = await operators.GetAsync("/ops/actor/tree");

        Assert.Equal("user", tree.GetProperty("name").GetString());
        Assert.Single(tree.GetProperty("children").EnumerateArray());
        var odds = all.GetProperty("children").EnumerateArray().Single(actor => actor.GetProperty("name").GetString() == "odds");
        Assert.Equal(("PublisherActor", 2), (odds.GetProperty("type").GetString(), odds.GetProperty("child_count").GetInt32()));
        Assert.All(
            odds.GetProperty("children").EnumerateArray(), one => Assert.Equal("SubscriberActor", one.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_stalled_client_is_at_the_top_with_its_queue_and_drops_and_can_be_kicked()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort, ("Limits:QueueCapacity", "64"),
            ("Limits:SocketSendBuffer", "4096"), ("Sockets:CloseTimeout", "00:00:00.2"));
        using var operators = new OperatorClient(server);
        await server.IngestAsync(Lines.Game("g1"));
        using var healthy = await server.JoinAsync("live");
        using var stalled = await (await server.ConnectAsync(receiveBuffer: 4096)).JoinAsync("odds");
        var from = 0;
        await Eventually.True(async () =>
        {
            await server.IngestAsync(Lines.MovingPrices("g1", 2000, from: from += 2000));
            return Top(await operators.GetAsync("/ops/subscriber/top?by=drops&count=1")).GetProperty("dropped").GetInt64() > 0;
        });

        var top = Top(await operators.GetAsync("/ops/subscriber/top?by=lag"));
        Assert.Equal(("odds", "all", "127.0.0.1"),
            (top.GetProperty("channel").GetString(), top.GetProperty("key").GetString(), top.GetProperty("address").GetString()));
        Assert.InRange(top.GetProperty("queued").GetInt32(), 1, 64);
        Assert.True(top.GetProperty("age_s").GetDouble() >= 0 && top.GetProperty("bytes").GetInt64() > 0);
        var channels = await operators.GetAsync("/ops/channel/list");
        Assert.Equal([("live", 1), ("odds", 1)],
            channels.EnumerateArray().Select(row => (row.GetProperty("channel").GetString(), row.GetProperty("subscribers").GetInt32())));
        Assert.True(channels[1].GetProperty("deliveries").GetInt64() > 0);

        var kicked = await operators.PostAsync($"/ops/subscriber/kick?conn={top.GetProperty("conn_id")}");
        Assert.True(kicked.GetProperty("kicked").GetBoolean());

        await server.UntilConnectionsAre(1);
        Assert.Equal(404, (await operators.StatusAsync(HttpMethod.Post, $"/ops/subscriber/kick?conn={top.GetProperty("conn_id")}")).Status);
    }

    [Fact]
    public async Task Who_shares_a_compressed_stream_is_shown_and_what_it_saves()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);
        await server.IngestAsync(Lines.Game("g1"));
        using var first = await Join();
        using var second = await Join();

        await server.IngestAsync(Lines.MovingPrices("g1", 50));

        PushClient[] clients = [first, second];
        foreach (var client in clients)
        {
            for (var seq = client.SnapshotSeq + 1; seq <= client.SnapshotSeq + 50; seq++)
            {
                Assert.Equal(seq, (await client.ReceiveAsync()).Seq());
            }
        }

        var odds = (await operators.GetAsync("/ops/channel/list"))[1];
        Assert.Equal((1, 1), (odds.GetProperty("streams").GetInt32(), odds.GetProperty("key_frames").GetInt32()));
        Assert.InRange(odds.GetProperty("ratio").GetDouble(), 0.01, 0.3);
        Assert.Equal("shared", Top(await operators.GetAsync("/ops/subscriber/top")).GetProperty("compression").GetString());

        async Task<PushClient> Join() => await PushClient.JoinAsync(
            server.Address("odds"), options => options.DangerousDeflateOptions = new WebSocketDeflateOptions());
    }

    [Fact]
    public async Task Who_is_kicked_is_told_why()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);
        using var client = await server.JoinAsync("live");

        await operators.PostAsync($"/ops/subscriber/kick?conn={client.Welcome.GetProperty("conn_id")}");

        Assert.Null(await client.ReceiveTextAsync());
        Assert.Equal(((WebSocketCloseStatus)1013, "disconnected by an operator"),
            (client.Socket.CloseStatus, client.Socket.CloseStatusDescription));
    }

    [Fact]
    public async Task A_live_game_that_is_removed_ends_first()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);
        await server.IngestAsync(Lines.Game("g1", home: 3), Lines.Price("g1", 110), Lines.Game("g2", status: "final"));
        using var client = await server.JoinAsync("live");

        var game = await operators.GetAsync("/ops/game/show?id=g1");
        Assert.Equal(110, game.GetProperty("outcomes")[0].GetProperty("price").GetDecimal());
        Assert.Equal(2, (await operators.GetAsync("/ops/game/list")).GetArrayLength());
        Assert.Equal("g1",
            Assert.Single((await operators.GetAsync("/ops/game/list?live=true")).EnumerateArray()).GetProperty("game_id").GetString());

        await operators.PostAsync("/ops/game/remove?id=g1");
        await operators.PostAsync("/ops/game/remove?id=g2");

        var change = await client.ReceiveAsync();
        Assert.Equal(("status_change", "final", false), (change.GetProperty("type").GetString(), change.GetProperty("new_status")
            .GetString(), change.GetProperty("game").GetProperty("scores").GetProperty("is_live").GetBoolean()));
        var final = await client.ReceiveAsync();
        Assert.Equal(("game_final", 3), (final.GetProperty("type").GetString(), final.GetProperty("score_home").GetInt32()));
        Assert.Equal(0, (await server.GetJsonAsync("/health")).GetProperty("games").GetInt32());
        Assert.Equal(404, (await operators.StatusAsync(HttpMethod.Post, "/ops/game/remove?id=g1")).Status);
        Assert.Equal(404, (await operators.StatusAsync(HttpMethod.Get, "/ops/game/show?id=g1")).Status);
    }

    [Fact]
    public async Task Feeds_limiter_and_server_are_shown_in_numbers()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort, ("Limits:MaxConnections", "7"));
        using var operators = new OperatorClient(server);
        await server.IngestAsync(Lines.Game("g1"));
        using var client = await server.JoinAsync("live");

        var feed = Assert.Single((await operators.GetAsync("/ops/feed/list")).EnumerateArray());
        Assert.Equal(1, feed.GetProperty("applied").GetInt64());
        var limiter = await operators.GetAsync("/ops/limiter/show");
        Assert.Equal((1, 7, false), (limiter.GetProperty("in_use").GetInt32(), limiter.GetProperty("limit").GetInt32(),
            limiter.GetProperty("draining").GetBoolean()));
        var status = await operators.GetAsync("/ops/server/status");
        Assert.Equal((1, 1), (status.GetProperty("connections").GetInt32(), status.GetProperty("live_games").GetInt32()));
        Assert.True(status.GetProperty("heap_bytes").GetInt64() > 0);
    }

    [Fact]
    public async Task The_settings_are_shown_and_secrets_are_not()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort, ("ApiKeys:1:Sha256", ""));
        using var operators = new OperatorClient(server);

        var settings = (await operators.GetAsync("/ops/config/show")).EnumerateArray()
            .ToDictionary(row => row.GetProperty("setting").GetString()!, row => row.GetProperty("value").GetString());

        Assert.Equal("20000", settings["PushNet__Limits__MaxConnections"]);
        Assert.Equal("all", settings["PushNet__ApiKeys__0__Name"]);
        Assert.Equal("(masked)", settings["PushNet__ApiKeys__0__Key"]);
        Assert.DoesNotContain(PushServer.Key, settings.Values);
    }

    [Fact]
    public async Task A_log_level_changes_while_the_server_runs_and_back()
    {
        await using var server = await PushServer.StartAsync(
            builder => builder.Logging.AddProvider(new RecordingLogs()), PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);
        var log = server.Services.GetRequiredService<ILoggerFactory>().CreateLogger("PushNet.Web.Sockets.Any");
        Assert.False(log.IsEnabled(LogLevel.Debug));

        var levels = await operators.PostAsync("/ops/log/level?level=debug&category=PushNet.Web.Sockets");
        Assert.Contains(levels.EnumerateArray(), one => one.GetProperty("category").GetString() == "PushNet.Web.Sockets");
        await Eventually.True(() => Task.FromResult(log.IsEnabled(LogLevel.Debug)));

        await operators.PostAsync("/ops/log/level?level=reset&category=PushNet.Web.Sockets");
        await Eventually.True(() => Task.FromResult(!log.IsEnabled(LogLevel.Debug)));
    }

    [Theory]
    [InlineData("GET", "/ops/subscriber/top?by=beauty", 400, "by must be one of queue, lag, drops, age")]
    [InlineData("GET", "/ops/subscriber/top?count=0", 400, "count must be a number from 1 to 1000")]
    [InlineData("GET", "/ops/subscriber/top?most=3", 400, "\"most\" is no parameter of subscriber top; it has by, count")]
    [InlineData("GET", "/ops/game/show", 400, "game show needs id")]
    [InlineData("POST", "/ops/subscriber/kick?conn=me", 400, "conn must be a number")]
    [InlineData("GET", "/ops/subscriber/kick?conn=1", 405, "allowed: POST")]
    [InlineData("GET", "/ops/nothing/here", 404, "there is nothing at")]
    public async Task What_is_wrong_is_told(string method, string path, int status, string sentence)
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);

        var (actual, error) = await operators.StatusAsync(new HttpMethod(method), path);

        Assert.Equal(status, actual);
        Assert.Contains(sentence, error);
    }

    [Fact]
    public async Task Drain_stops_the_server_as_a_signal_does()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);
        using var client = await server.JoinAsync("live");
        var stopping = server.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().ApplicationStopping;

        Assert.True((await operators.PostAsync("/ops/server/drain")).GetProperty("draining").GetBoolean());

        Assert.True(stopping.IsCancellationRequested);
        var stop = server.StopAsync();
        Assert.Equal("reconnect", (await client.ReceiveAsync()).GetProperty("type").GetString());
        client.Dispose();
        await stop;
    }

    private static System.Text.Json.JsonElement Top(System.Text.Json.JsonElement rows) => rows[0];
}
