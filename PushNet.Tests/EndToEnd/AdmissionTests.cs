using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PushNet.Web.Security.Keys;

namespace PushNet.Tests.EndToEnd;

/// <summary>The caps of keys and addresses, the limit on failures, and origins.</summary>
public sealed class AdmissionTests : IDisposable
{
    private const string Wrong = "wrong-key-0123456789";

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_key_may_have_as_many_connections_as_its_cap_over_both_channels()
    {
        var secret = new KeyFile(_folder.File("keys.db"), TimeProvider.System)
            .Create(new NewKey("board", ["live", "odds"], new KeyLimits(2, null), null));
        await using var server = await PushServer.StartAsync(("Data:Directory", _folder.Name), ("Limits:MaxConnections", "3"));
        using var live = await (await server.ConnectAsync()).JoinAsync("live", secret);
        var odds = await (await server.ConnectAsync()).JoinAsync("odds", secret);

        using var third = await server.ConnectAsync();
        var head = await third.RequestAsync(third.Handshake("live", secret));

        Assert.StartsWith("HTTP/1.1 429 ", head);
        Assert.Matches(@"Retry-After: \d+\r\n", head);
        var body = JsonDocument.Parse(await third.ReadBodyAsync()).RootElement;
        Assert.Equal(["error", "limit", "open", "retry_after_ms"], body.EnumerateObject().Select(p => p.Name));
        Assert.Equal((2, 2), (body.GetProperty("limit").GetInt32(), body.GetProperty("open").GetInt32()));
        Assert.Contains("key \"board\"", body.GetProperty("error").GetString());

        using var another = await server.JoinAsync("live");
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusOf(server, "/ws/live", secret));
        odds.Dispose();
        await server.UntilConnectionsAre(2);
        using var fourth = await (await server.ConnectAsync()).JoinAsync("live", secret);
    }

    [Fact]
    public async Task An_address_may_have_as_many_connections_as_its_cap()
    {
        await using var server = await PushServer.StartAsync(("Limits:MaxConnectionsPerAddress", "1"), ("Limits:SpareLoopback", "false"));
        using var first = await server.JoinAsync("live");
        using var second = await server.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 429 ", await second.RequestAsync(second.Handshake("live")));
        Assert.Contains("address 127.0.0.1", await second.ReadBodyAsync());
    }

    [Fact]
    public async Task Loopback_is_spared_by_default_and_forwarded_requests_are_not()
    {
        await using var server = await PushServer.StartAsync(("Limits:MaxConnectionsPerAddress", "1"));
        using var first = await server.JoinAsync("live");
        using var second = await server.JoinAsync("live");
        using var forwarded = await server.ConnectAsync();
        using var next = await server.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 101 ", await forwarded.RequestAsync([.. forwarded.Handshake("live"), "X-Forwarded-For: 203.0.113.7"]));
        Assert.StartsWith("HTTP/1.1 429 ", await next.RequestAsync([.. next.Handshake("live"), "X-Forwarded-For: 203.0.113.8"]));
    }

    [Fact]
    public async Task Behind_a_proxy_that_is_named_every_client_counts_by_itself_and_can_not_choose_its_address()
    {
        await using var server = await PushServer.StartAsync(("Limits:MaxConnectionsPerAddress", "1"), ("Proxies", "127.0.0.1,10.0.0.0/8"));
        var open = new List<RawClient>();
        async Task<string> Status(string forwardedFor)
        {
            // The client is kept, because one that is collected closes its connection.
            var client = await server.ConnectAsync();
            open.Add(client);
            return (await client.RequestAsync([.. client.Handshake("live"), $"X-Forwarded-For: {forwardedFor}"]))[9..12];
        }

        Assert.Equal("101", await Status("203.0.113.7"));
        Assert.Equal("429", await Status("203.0.113.7"));
        Assert.Equal("429", await Status("198.51.100.1, 203.0.113.7"));
        Assert.Equal("429", await Status("127.0.0.1, 203.0.113.7, 10.1.2.3"));
        Assert.Equal("101", await Status("203.0.113.8"));
        Assert.Equal("101", await Status("2001:db8:1:2::1"));
        Assert.Equal("429", await Status("2001:db8:1:2:3::1"));
        open.ForEach(client => client.Dispose());
    }

    [Theory]
    [InlineData("/ws/live")]
    [InlineData("/v1/games/live")]
    [InlineData("/v1/ingest")]
    public async Task Failures_are_limited_by_address_and_a_right_key_is_never_refused_for_them(string path)
    {
        await using var server = await PushServer.StartAsync(("Limits:MaxFailuresPerAddress", "3"), ("Limits:SpareLoopback", "false"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(server, path, Wrong));
        }

        using var refused = await Send(server, path, Wrong);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        var body = JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(["error", "limit", "retry_after_ms"], body.EnumerateObject().Select(p => p.Name));

        // A right key, even one without the scope, and what needs no key.
        using var client = await server.JoinAsync("live");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(server, "/ws/odds", PushServer.LiveOnlyKey));
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_origin_is_refused_before_the_upgrade()
    {
        await using var server = await PushServer.StartAsync(("Limits:MaxConnections", "1"));
        using var evil = await server.ConnectAsync();
        using var own = await server.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 403 ", await evil.RequestAsync([.. evil.Handshake("live"), "Origin: https://evil.example"]));
        Assert.Contains("https://evil.example may not connect", await evil.ReadBodyAsync());
        Assert.StartsWith("HTTP/1.1 101 ", await own.RequestAsync([.. own.Handshake("live"), $"Origin: http://{server.Url.Authority}"]));
    }

    [Theory]
    [InlineData("xn--bcher-kva.example", "HTTP/1.1 101 ")]
    [InlineData("xn--", "HTTP/1.1 101 ")]
    [InlineData("other.example", "HTTP/1.1 403 ")]
    public async Task A_page_of_the_servers_own_host_may_connect_also_beside_a_list(string host, string status)
    {
        await using var server = await PushServer.StartAsync(("Origins", "https://other.example:8443"));
        using var client = await server.ConnectAsync();
        var request = client.Handshake("live");
        request[1] = "Host: " + (host.StartsWith("xn--", StringComparison.Ordinal) ? host : "push.example");

        Assert.StartsWith(status, await client.RequestAsync([.. request, $"Origin: https://{host}"]));
    }

    [Fact]
    public async Task A_key_with_a_cap_on_lines_is_held_back_and_loses_none()
    {
        var secret = new KeyFile(_folder.File("keys.db"), TimeProvider.System)
            .Create(new NewKey("feeder", ["ingest"], new KeyLimits(null, 2), null));
        await using var server = await PushServer.StartAsync(("Data:Directory", _folder.Name));
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        var begin = TimeProvider.System.GetTimestamp();

        var summary = await server.IngestAsync(Enumerable.Range(0, 6).Select(i => Lines.Game($"g{i}")));

        Assert.Equal(6, summary.GetProperty("applied").GetInt32());
        Assert.True(TimeProvider.System.GetElapsedTime(begin) > TimeSpan.FromSeconds(1.5), "six lines at two a second came too fast");
    }

    [Fact]
    public async Task A_request_whose_headers_do_not_come_is_given_up()
    {
        await using var server = await PushServer.StartAsync(("Http:HeaderTimeout", "00:00:01"), ("Http:IdleTimeout", "00:00:01"));
        using var slow = await server.ConnectAsync();
        using var silent = await server.ConnectAsync();
        await slow.SendAsync("GET /ws/live HTTP/1.1\r\nHost: x\r\nX-Slow: ");

        Assert.StartsWith("HTTP/1.1 408 ", await slow.ReadHeadAsync());
        Assert.Null(await silent.ReadFrameAsync());
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<HttpStatusCode> StatusOf(PushServer server, string path, string key)
    {
        using var response = await Send(server, path, key);
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> Send(PushServer server, string path, string key)
    {
        using var request = new HttpRequestMessage(path == "/v1/ingest" ? HttpMethod.Post : HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await server.Http.SendAsync(request);
    }
}
