using System.Net;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>Event streams: the same frames, checks and ends as over WebSockets.</summary>
public sealed class EventStreamTests
{
    [Fact]
    public async Task An_event_stream_is_what_a_socket_is()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1"), Lines.Game("g2"));
        const string ask = "game=g1&prices=snapshot&conflate=50";
        using var socket = await server.JoinAsync("odds", ask);
        using var stream = await EventStreamClient.JoinAsync(server, "odds", ask);
        using var live = await EventStreamClient.JoinAsync(server, "live", "compress=off");
        Assert.Equal(socket.SnapshotSeq, stream.Snapshot.Seq());
        Assert.Equal(2, live.Snapshot.GetProperty("count").GetInt32());

        await server.IngestAsync(Lines.Price("g2", 101), Lines.Price("g1", 102), Lines.Game("g1", home: 1));

        foreach (var frame in new[] { await socket.ReceiveAsync(), await socket.ReceiveAsync() })
        {
            var next = await stream.NextAsync();
            Assert.Equal((frame.Type(), $"{frame.Seq()}", frame.GetRawText()), (next.EventType, next.EventId, next.Data));
            Assert.Equal("g1", frame.GetProperty("game_id").GetString());
        }

        Assert.Equal("score_change", (await live.NextAsync()).EventType);
        var (headers, content) = (stream.Response.Headers, stream.Response.Content.Headers);
        Assert.Equal("text/event-stream", $"{content.ContentType}");
        Assert.Equal(("no-store", "no"), ($"{headers.CacheControl}", string.Concat(headers.GetValues("X-Accel-Buffering"))));
        Assert.Empty(content.ContentEncoding);
    }

    [Fact]
    public async Task A_stream_takes_a_place_until_its_client_leaves_or_is_kicked()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort, ("Limits:MaxConnections", "1"));
        using var operators = new OperatorClient(server);
        using (await EventStreamClient.JoinAsync(server, "live", "league=nba"))
        {
            using var refused = await server.Http.GetAsync("/sse/live");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await server.UntilConnectionsAre(0);
        using var next = await EventStreamClient.JoinAsync(server, "live");
        var row = Assert.Single((await operators.GetAsync("/ops/subscriber/top")).EnumerateArray());
        Assert.Equal(("sse", "off"), (row.GetProperty("transport").GetString(), row.GetProperty("compression").GetString()));
        await operators.PostAsync($"/ops/subscriber/kick?conn={row.GetProperty("conn_id")}");

        await next.IsClosedAsync(1013, "disconnected by an operator");
        await server.UntilConnectionsAre(0);
        Assert.Contains("transport=\"sse\"", await operators.Http.GetStringAsync("/metrics"));
    }

    [Fact]
    public async Task What_can_not_be_served_is_refused_as_for_a_socket()
    {
        await using var server = await PushServer.StartAsync();

        await IsRefused("GET", "/sse/odds?book=", HttpStatusCode.BadRequest, "has an empty value");
        await IsRefused("GET", "/sse/live?book=b", HttpStatusCode.BadRequest, "connect to /sse/odds");
        await IsRefused("GET", "/sse/live?since=1", HttpStatusCode.BadRequest, "is not a query key of /sse/live");
        await IsRefused("GET", "/sse/none", HttpStatusCode.NotFound, "there is nothing at /sse/none");
        await IsRefused("POST", "/sse/live", HttpStatusCode.MethodNotAllowed, "allowed: GET\"");
        await IsRefused("HEAD", "/sse/live", HttpStatusCode.MethodNotAllowed, "");
        await IsRefused("GET", "/sse/live", HttpStatusCode.Forbidden, "may not connect", ("Origin", "https://elsewhere.example"));
        await IsRefused("GET", "/sse/odds", HttpStatusCode.Unauthorized, "scope", ("Authorization", $"Bearer {PushServer.LiveOnlyKey}"));
        server.Http.DefaultRequestHeaders.Authorization = null;
        await IsRefused("GET", "/sse/odds", HttpStatusCode.Unauthorized, "a key is needed");
        await IsRefused("GET", "/sse/odds?key=not-a-known-key-at-all", HttpStatusCode.Unauthorized, "not known");

        async Task IsRefused(string method, string path, HttpStatusCode status, string error, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            Array.ForEach(headers, header => request.Headers.Add(header.Name, header.Value));
            using var answer = await server.Http.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(error, await answer.Content.ReadAsStringAsync());
            if (headers is [("Origin", _)])
            {
                Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
            }
        }
    }

    [Fact]
    public async Task A_stopping_server_tells_when_to_come_back_and_closes()
    {
        await using var server = await PushServer.StartAsync(SelfSigned.Use);
        EventStreamClient[] clients =
        [
            await EventStreamClient.JoinAsync(server, "live"), await EventStreamClient.JoinAsync(server, "odds", "", HttpVersion.Version20),
        ];

        var stopping = server.StopAsync();

        foreach (var client in clients)
        {
            var afterMs = JsonElement.Parse((await client.NextAsync("reconnect")).Data).GetProperty("after_ms").GetInt64();
            Assert.Equal(TimeSpan.FromMilliseconds(afterMs), client.RetryAfter());
            await client.IsClosedAsync(1012, "the server restarts");
            client.Dispose();
        }

        await stopping.WaitAsync(PushServer.Patience);
    }

    [Fact]
    public async Task A_client_that_fell_behind_is_told_and_healed_and_closed_behind_what_waits()
    {
        await using var server = await PushServer.StartAsync(
            PushServer.WithOperatorPort, ("Limits:QueueCapacity", "64"), ("Limits:SocketSendBuffer", "8192"));
        using var operators = new OperatorClient(server);
        await server.IngestAsync(Lines.Game("g1"));
        using var stream = await EventStreamClient.JoinAsync(server, "odds", "prices=snapshot");
        long end = 1;
        await Eventually.True(async () =>
        {
            await server.IngestAsync(Lines.MovingPrices("g1", 2000, from: (int)end));
            end += 2000;
            return (await operators.GetAsync("/ops/subscriber/top"))[0].GetProperty("dropped").GetInt64() > 0;
        });

        var (delivered, dropped, newest) = (0L, 0L, 0L);
        while (newest < end)
        {
            var next = await stream.NextAsync();
            newest = Math.Max(newest, long.Parse(next.EventId!, System.Globalization.CultureInfo.InvariantCulture));
            delivered += next.EventType == "price_change" ? 1 : 0;
            dropped += next.EventType == "lagged" ? JsonElement.Parse(next.Data).GetProperty("dropped").GetInt64() : 0;
        }

        Assert.Equal(end - 1, delivered + dropped);
        Assert.Equal(end, JsonElement.Parse((await stream.NextAsync("snapshot")).Data).Seq());
        await server.StopAsync();
        await stream.IsClosedAsync(1012, "the server restarts");
    }
}
