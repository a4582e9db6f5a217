using System.Net;

namespace PushNet.Tests.EndToEnd;

/// <summary>HEAD answers as GET does, without a body (RFC 9110, section 9.3.2).</summary>
public class HeadTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/v1/sports")]
    [InlineData("/v1/leagues/nba/games")]
    [InlineData("/v1/games/live")]
    [InlineData("/v1/games/g1")]
    [InlineData("/v1/games/none")]
    [InlineData("/openapi.json")]
    [InlineData("/asyncapi.json")]
    [InlineData("/docs/")]
    [InlineData("/")]
    public async Task The_public_port_answers_it(string path)
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Enumerable.Range(0, 20).Select(i => Lines.Game($"g{i}")));

        await IsAsGet(server.Http, path);
    }

    [Theory]
    [InlineData("/ops")]
    [InlineData("/ops/commands")]
    [InlineData("/ops/config/show")]
    [InlineData("/metrics")]
    [InlineData("/health/live")]
    public async Task The_operator_port_answers_it(string path)
    {
        await using var server = await PushServer.StartAsync(PushServer.WithOperatorPort);
        using var client = new OperatorClient(server);

        await IsAsGet(client.Http, path);
    }

    [Fact]
    public async Task Where_there_is_no_GET_there_is_no_HEAD_and_405_names_both()
    {
        await using var server = await PushServer.StartAsync();
        using var head = new HttpRequestMessage(HttpMethod.Head, "/v1/ingest");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.Http.SendAsync(head)).StatusCode);
        using var put = await server.Http.PutAsync("/v1/sports", null);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, HEAD"), (put.StatusCode, string.Join(", ", put.Content.Headers.Allow)));
        Assert.Contains("allowed: GET, HEAD", await put.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task No_socket_is_opened_with_it()
    {
        await using var server = await PushServer.StartAsync();
        using var client = await server.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 405 ", await client.RequestAsync(
            [client.Handshake("live")[0].Replace("GET", "HEAD", StringComparison.Ordinal), .. client.Handshake("live").Skip(1)]));
    }

    private static async Task IsAsGet(HttpClient http, string path)
    {
        using var get = await http.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await http.SendAsync(request);

        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType, get.Headers.ETag),
            (head.StatusCode, head.Content.Headers.ContentType, head.Headers.ETag));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());

        // The framework does not measure a body that it streams.
        if (head.Content.Headers.ContentLength is > 0 and var length)
        {
            Assert.Equal(get.Content.Headers.ContentLength, length);
        }
    }
}
