using System.Net;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

public class HandshakeTests
{
    private static readonly string LongKey = new('k', 4096);

    public static TheoryData<string, string?> BadKeys => new()
    {
        { "", null },
        { "key=", null },
        { "key=not-a-known-key-at-all", null },
        { $"key={LongKey}", null },
        { "key=%FF%00%C3%28-odd-bytes-in-it", null },
        { $"key={PushServer.Key}&key={PushServer.Key}", null },
        { "", "Bearer" },
        { "", "Bearer " },
        { "", "Bearer not-a-known-key-at-all" },
        { "", $"Basic {PushServer.Key}" },
        { "", $"Bearer {PushServer.Key} and-more" },
        { "", $"Bearer {LongKey}" },
    };

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task A_bad_key_gets_401_before_the_upgrade(string query, string? authorization)
    {
        await using var server = await PushServer.StartAsync();
        using var client = await server.ConnectAsync();
        var request = client.Handshake("live");
        request[0] = $"GET /ws/live?{query} HTTP/1.1";
        if (authorization is not null)
        {
            request.Add($"Authorization: {authorization}");
        }

        var head = await client.RequestAsync(request);

        Assert.StartsWith("HTTP/1.1 401 ", head);
        Assert.Contains("WWW-Authenticate: Bearer", head);
        Assert.NotEmpty(JsonDocument.Parse(await client.ReadBodyAsync()).RootElement.GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task A_key_without_the_channels_scope_gets_401()
    {
        await using var server = await PushServer.StartAsync();
        using var client = await server.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 401 ", await client.RequestAsync(client.Handshake("odds", PushServer.LiveOnlyKey)));
        using var live = await server.ConnectAsync();
        await live.RequestAsync(live.Handshake("live", PushServer.LiveOnlyKey));
        Assert.Equal("welcome", (await live.ReadFrameAsync())!.Type);
    }

    [Fact]
    public async Task A_key_may_come_as_bearer_in_any_case_or_as_sub_protocol()
    {
        await using var server = await PushServer.StartAsync();
        using var bearer = await server.ConnectAsync();
        var withoutKey = bearer.Handshake("odds");
        withoutKey[0] = "GET /ws/odds HTTP/1.1";

        Assert.StartsWith("HTTP/1.1 101 ", await bearer.RequestAsync([.. withoutKey, $"Authorization: bEaReR {PushServer.Key}"]));

        using var browser = await server.ConnectAsync();
        var head = await browser.RequestAsync([.. withoutKey, $"Sec-WebSocket-Protocol: pushnet.v1, key.{PushServer.Key}"]);
        Assert.StartsWith("HTTP/1.1 101 ", head);
        Assert.Contains("Sec-WebSocket-Protocol: pushnet.v1\r\n", head);
    }

    [Theory]
    [InlineData("Upgrade: websocket", "X-Nothing: 1")]
    [InlineData("Upgrade: websocket", "Upgrade: h2c")]
    [InlineData("Connection: keep-alive, Upgrade", "Connection: keep-alive")]
    [InlineData("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8")]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: c2hvcnQ=")]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "X-Nothing: 1")]
    public async Task A_handshake_with_a_fault_gets_426_and_takes_no_slot(string good, string bad)
    {
        await using var server = await PushServer.StartAsync(("Limits:MaxConnections", "1"));
        using var client = await server.ConnectAsync();
        var request = client.Handshake("live");
        request[request.IndexOf(good)] = bad;

        var head = await client.RequestAsync(request);

        Assert.StartsWith("HTTP/1.1 426 ", head);
        Assert.Contains("Sec-WebSocket-Version: 13", head);
        await server.UntilConnectionsAre(0);
        using var next = await server.JoinAsync("live");
        Assert.Equal(1, next.Welcome.GetProperty("conn_id").GetInt64());
    }

    [Fact]
    public async Task Http_1_0_is_never_upgraded()
    {
        await using var server = await PushServer.StartAsync();
        using var client = await server.ConnectAsync();
        var request = client.Handshake("live");
        request[0] = request[0].Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal);

        var head = await client.RequestAsync(request);

        Assert.Contains(" 426 ", head.Split("\r\n")[0]);
        Assert.Contains("Upgrade: websocket\r\n", head);
    }

    [Fact]
    public async Task A_plain_get_says_why_a_socket_would_be_refused()
    {
        await using var server = await PushServer.StartAsync(("Limits:MaxConnections", "1"));

        Assert.Equal(HttpStatusCode.UpgradeRequired, (await server.Http.GetAsync("/ws/live")).StatusCode);
        using var taken = await server.JoinAsync("odds");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Http.GetAsync("/ws/live")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Http.GetAsync("/ws/live?book=nba")).StatusCode);
        server.Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Http.GetAsync("/ws/live?book=nba")).StatusCode);
    }

    [Fact]
    public async Task Past_the_cap_over_both_channels_there_is_503_until_a_slot_is_free()
    {
        await using var server = await PushServer.StartAsync(("Limits:MaxConnections", "2"));
        using var live = await server.JoinAsync("live");
        var odds = await server.JoinAsync("odds");
        using var third = await server.ConnectAsync();

        var head = await third.RequestAsync(third.Handshake("live"));

        Assert.StartsWith("HTTP/1.1 503 ", head);
        Assert.Matches(@"Retry-After: \d+\r\n", head);
        var body = JsonDocument.Parse(await third.ReadBodyAsync()).RootElement;
        Assert.Equal(["error", "limit", "retry_after_ms"], body.EnumerateObject().Select(p => p.Name));
        Assert.Equal(2, body.GetProperty("limit").GetInt32());

        odds.Dispose();
        await server.UntilConnectionsAre(1);
        using var fourth = await server.JoinAsync("live");
        Assert.Equal(3, fourth.Welcome.GetProperty("conn_id").GetInt64());
    }
}
