using System.Net;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>
/// What a page from elsewhere can read about why it may not connect. Browsers hide the answer to a handshake, so it asks over HTTP.
/// </summary>
public class CrossOriginTests
{
    private const string Elsewhere = "https://elsewhere.example";

    [Theory]
    [InlineData("live")]
    [InlineData("odds")]
    public async Task A_preflight_lets_any_page_ask(string channel)
    {
        await using var server = await PushServer.StartAsync();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, $"/ws/{channel}")
        {
            Headers = { { "Origin", Elsewhere }, { "Access-Control-Request-Method", "GET" },
                { "Access-Control-Request-Headers", "authorization" } },
        };
        server.Http.DefaultRequestHeaders.Authorization = null;

        using var answer = await server.Http.SendAsync(preflight);

        Assert.Equal((HttpStatusCode.NoContent, "*"), (answer.StatusCode, ValueOf(answer, "Access-Control-Allow-Origin")));
        Assert.Contains("GET", ValueOf(answer, "Access-Control-Allow-Methods"));
        Assert.Contains("authorization", ValueOf(answer, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("", "wrong-key-0123456789", HttpStatusCode.Unauthorized)]
    [InlineData("?book=nba", PushServer.Key, HttpStatusCode.BadRequest)]
    [InlineData("", PushServer.Key, HttpStatusCode.Forbidden)]
    public async Task A_page_that_may_not_connect_reads_why(string query, string key, HttpStatusCode status)
    {
        await using var server = await PushServer.StartAsync();

        using var answer = await Ask(server, $"/ws/live{query}", key);

        Assert.Equal((status, "*"), (answer.StatusCode, ValueOf(answer, "Access-Control-Allow-Origin")));
        Assert.NotEmpty(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString()!);
    }

    [Theory]
    [InlineData("Limits:MaxConnections", HttpStatusCode.ServiceUnavailable)]
    [InlineData("Limits:MaxConnectionsPerAddress", HttpStatusCode.TooManyRequests)]
    public async Task A_page_that_may_connect_later_reads_when(string limit, HttpStatusCode status)
    {
        await using var server = await PushServer.StartAsync(
            (limit, "1"), ("Limits:SpareLoopback", "false"), ("Sockets:Origins", Elsewhere));
        using var taken = await server.JoinAsync("live");

        using var answer = await Ask(server, "/ws/live", PushServer.Key);

        Assert.Equal((status, "*"), (answer.StatusCode, ValueOf(answer, "Access-Control-Allow-Origin")));
        Assert.Contains("Retry-After", ValueOf(answer, "Access-Control-Expose-Headers"));
        Assert.True(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("retry_after_ms").GetInt64() > 0);
    }

    private static async Task<HttpResponseMessage> Ask(PushServer server, string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { { "Origin", Elsewhere }, { "Authorization", $"Bearer {key}" } },
        };
        return await server.Http.SendAsync(request);
    }

    private static string ValueOf(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values) ? Assert.Single(values) : "";
}
