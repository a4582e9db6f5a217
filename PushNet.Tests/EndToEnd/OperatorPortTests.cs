using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using PushNet.Actors.Admission;

namespace PushNet.Tests.EndToEnd;

public class OperatorPortTests
{
    private static readonly string[] OperatorPaths = [
        "/ops", "/ops/commands", "/ops/server/status", "/ops/page.js", "/metrics", "/OPS/server/status"];

    [Fact]
    public async Task The_public_port_has_none_of_it_whatever_the_host_header_says()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);

        foreach (var path in OperatorPaths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = server.OperatorUrl!.Authority;
            request.Headers.TryAddWithoutValidation("X-Forwarded-Host", server.OperatorUrl!.Authority);
            using var response = await server.Http.SendAsync(request);
            Assert.Equal(404, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task The_operator_port_has_nothing_of_the_public_one_but_health()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);

        Assert.Equal(404, (await operators.StatusAsync(HttpMethod.Get, "/v1/games/live")).Status);
        Assert.Equal(404, (await operators.StatusAsync(HttpMethod.Get, "/ws/live")).Status);
        Assert.Equal(404, (await operators.StatusAsync(HttpMethod.Get, "/")).Status);
        Assert.Equal("ok", (await operators.GetAsync("/health")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("Host", "evil.example:8081")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Host", "10.0.0.1")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Origin", "null")]
    public async Task Foreign_hosts_and_origins_get_403(string header, string value)
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);

        foreach (var path in (string[])["/ops/server/status", "/metrics", "/ops", "/health/live"])
        {
            Assert.Equal(403, (await operators.StatusAsync(HttpMethod.Get, path, (header, value))).Status);
        }
    }

    [Fact]
    public async Task Its_own_page_and_a_tunnel_to_it_are_let_in()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);

        Assert.Equal(200, (await operators.StatusAsync(
            HttpMethod.Get, "/ops/server/status", ("Host", "localhost:9000"), ("Origin", "http://localhost:9000"))).Status);
    }

    [Fact]
    public async Task A_key_with_the_scope_ops_is_needed_in_the_header()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var nobody = new OperatorClient(server, key: null);
        using var liveOnly = new OperatorClient(server, PushServer.LiveOnlyKey);

        foreach (var path in (string[])["/ops/server/status", "/ops/commands", "/metrics"])
        {
            Assert.Equal(401, (await nobody.StatusAsync(HttpMethod.Get, path)).Status);
            Assert.Equal(401, (await nobody.StatusAsync(HttpMethod.Get, $"{path}?key={PushServer.Key}")).Status);
            Assert.Equal(401, (await nobody.StatusAsync(HttpMethod.Get, path, ("Sec-WebSocket-Protocol", $"key.{PushServer.Key}"))).Status);
            Assert.Equal(401, (await liveOnly.StatusAsync(HttpMethod.Get, path)).Status);
        }
    }

    [Fact]
    public async Task The_page_is_there_without_a_key_and_loads_nothing_from_elsewhere()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var nobody = new OperatorClient(server, key: null);

        using var page = await nobody.Http.GetAsync("/ops");
        var html = await page.Content.ReadAsStringAsync();

        Assert.Contains("default-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("://", html);
        Assert.Contains("/ops/page.js", html);
        Assert.Equal("text/javascript", (await nobody.Http.GetAsync("/ops/page.js")).Content.Headers.ContentType!.MediaType);
        Assert.Equal("text/css", (await nobody.Http.GetAsync("/ops/page.css")).Content.Headers.ContentType!.MediaType);
        Assert.Equal("text/css", (await nobody.Http.GetAsync("/ops/look.css")).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Both_ports_say_without_a_key_whether_the_server_lives_and_is_ready()
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server, key: null);
        using var clients = new HttpClient { BaseAddress = server.Url };
        HttpClient[] both = [operators.Http, clients];

        foreach (var http in both)
        {
            Assert.Equal("""{"status":"ok"}""", await http.GetStringAsync("/health/live"));
            Assert.Equal("""{"status":"ok"}""", await http.GetStringAsync("/health/ready"));
        }

        server.Services.GetRequiredService<IRequiredActor<ConnectionLimiter>>().ActorRef.Tell(new StopAdmitting("the server is stopping"));

        foreach (var http in both)
        {
            Assert.Equal(200, (int)(await http.GetAsync("/health/live")).StatusCode);
            using var ready = await http.GetAsync("/health/ready");
            Assert.Equal(503, (int)ready.StatusCode);
            Assert.Equal("""{"status":"unavailable","reason":"the server is stopping"}""", await ready.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task It_is_added_to_the_endpoints_of_kestrels_own_settings_too()
    {
        await using var server = await PushServer.StartAsync(
            builder => builder.Configuration["Kestrel:Endpoints:Public:Url"] = "http://127.0.0.1:0", PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);

        Assert.Equal(200, (await operators.StatusAsync(HttpMethod.Get, "/ops/server/status")).Status);
        Assert.Equal("ok", (await server.GetJsonAsync("/health")).GetProperty("status").GetString());
        Assert.Equal(404, (int)(await server.Http.GetAsync("/ops/server/status")).StatusCode);
    }
}
