using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace PushNet.Tests.EndToEnd;

/// <summary>What HTTP offers around the answers: entity tags, caching, compression, pages of other origins.</summary>
public class RestCachingTests
{
    private const string Page = "https://scores.example.com";

    [Theory]
    [InlineData("/v1/games/live", false)]
    [InlineData("/v1/games/search?q=home", false)]
    [InlineData("/v1/leagues/nba/games", false)]
    [InlineData("/v1/games/g1/scores", false)]
    [InlineData("/v1/games/g1", true)]
    [InlineData("/v1/games/g1/markets", true)]
    public async Task An_answer_that_still_holds_is_not_sent_again(string path, bool hasPrices)
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1"), Lines.Game("g2"), Lines.Price("g1", 100));
        var first = await server.Http.GetAsync(path);
        var tag = first.Headers.ETag!;

        var again = await GetIfNot(server, path, tag);
        Assert.Equal((HttpStatusCode.NotModified, tag, 0),
            (again.StatusCode, again.Headers.ETag, (await again.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal(HttpStatusCode.NotModified, (await GetIfNot(server, path, EntityTagHeaderValue.Any)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetIfNot(server, path, new EntityTagHeaderValue("\"other\""))).StatusCode);

        await server.IngestAsync(Lines.Price("g1", 101));
        Assert.Equal(hasPrices ? HttpStatusCode.OK : HttpStatusCode.NotModified, (await GetIfNot(server, path, tag)).StatusCode);

        await server.IngestAsync(Lines.Game("g1", home: 1));
        Assert.Equal(HttpStatusCode.OK, (await GetIfNot(server, path, tag)).StatusCode);
    }

    [Fact]
    public async Task A_tag_of_another_run_of_the_server_is_not_taken_for_its_own()
    {
        EntityTagHeaderValue tag;
        await using (var server = await PushServer.StartAsync())
        {
            tag = (await server.Http.GetAsync("/v1/games/live")).Headers.ETag!;
        }

        await using var next = await PushServer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await GetIfNot(next, "/v1/games/live", tag)).StatusCode);
    }

    [Fact]
    public async Task An_address_with_a_key_in_it_is_not_to_be_stored()
    {
        await using var server = await PushServer.StartAsync();

        Assert.Equal("no-store", (await server.Http.GetAsync($"/v1/games/live?key={PushServer.Key}")).Headers.CacheControl!.ToString());
        Assert.Equal("no-store", (await server.Http.GetAsync($"/v1/games/none?key={PushServer.Key}")).Headers.CacheControl!.ToString());
        var byHeader = (await server.Http.GetAsync("/v1/games/live")).Headers.CacheControl!;
        Assert.True(byHeader is { Private: true, NoCache: true, NoStore: false });
    }

    [Fact]
    public async Task Bodies_over_1_KB_are_compressed_for_who_takes_that()
    {
        await using var server = await PushServer.StartAsync();
        Assert.Empty((await GetCompressed(server, "/v1/games/live")).Content.Headers.ContentEncoding);
        await server.IngestAsync(Enumerable.Range(0, 20).Select(i => Lines.Game($"g{i}")));

        foreach (var path in new[] { "/v1/games/live", "/v1/leagues/nba/games" })
        {
            using var response = await GetCompressed(server, path);
            Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
            await using var plain = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
            using var reader = new StreamReader(plain);
            Assert.Equal(await server.Http.GetStringAsync(path), await reader.ReadToEndAsync());
        }
    }

    [Theory]
    [InlineData("/v1/games/live")]
    [InlineData("/v1/games/g1")]
    public async Task A_compressed_body_is_not_older_than_what_a_source_was_acknowledged(string path)
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Enumerable.Range(0, 20).Select(i => Lines.Game($"g{i}")));
        for (var price = 100; price < 105; price++)
        {
            await server.IngestAsync([Lines.Price("g1", price), .. Enumerable.Range(0, 20).Select(i => Lines.Price("g1", price, $"o{i}"))]);
            foreach (var coding in new[] { "gzip", "br" })
            {
                using var response = await GetCompressed(server, path, coding);
                Assert.Equal([coding], response.Content.Headers.ContentEncoding);
                Assert.Contains("Accept-Encoding", response.Headers.Vary);
                await using var packed = await response.Content.ReadAsStreamAsync();
                await using Stream plain = coding == "br"
                    ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
                using var reader = new StreamReader(plain);
                Assert.Equal(await server.Http.GetStringAsync(path), await reader.ReadToEndAsync());
            }
        }
    }

    [Theory]
    [InlineData("Origins", "", null)]
    [InlineData("Origins", "https://other.example.com", null)]
    [InlineData("Origins", $"https://other.example.com, {Page}", Page)]
    [InlineData("Origins", "*", "*")]
    [InlineData("Rest:CorsOrigins", Page, Page)]
    [InlineData("Sockets:Origins", Page, null)]
    public async Task Pages_of_other_origins_may_read_where_the_setting_lets_them(string setting, string origins, string? allowed)
    {
        await using var server = await PushServer.StartAsync((setting, origins));
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/games/live")
        {
            Headers = { { "Origin", Page }, { "Access-Control-Request-Method", "GET" },
                { "Access-Control-Request-Headers", "authorization" } },
        };
        using var read = new HttpRequestMessage(HttpMethod.Get, "/v1/games/live") { Headers = { { "Origin", Page } } };
        using var refused = new HttpRequestMessage(HttpMethod.Get, "/v1/games/live?key=wrong")
        {
            Headers = { { "Origin", Page }, { "Authorization", "Bearer wrong" } },
        };

        var before = await server.Http.SendAsync(preflight);
        Assert.Equal(allowed, OriginAllowedBy(before));
        Assert.Equal(allowed is not null, before.Headers.Contains("Access-Control-Allow-Headers"));
        Assert.Equal(allowed, OriginAllowedBy(await server.Http.SendAsync(read)));
        Assert.Equal(allowed, OriginAllowedBy(await server.Http.SendAsync(refused)));
    }

    private static string? OriginAllowedBy(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) ? Assert.Single(origins) : null;

    private static async Task<HttpResponseMessage> GetIfNot(PushServer server, string path, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { tag } } };
        return await server.Http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> GetCompressed(PushServer server, string path, string coding = "gzip")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { AcceptEncoding = { new StringWithQualityHeaderValue(coding) } },
        };
        return await server.Http.SendAsync(request);
    }
}
