using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>Readers over HTTP that are slow, or read nothing. The slow ones get everything; the others are bounded and cut off.</summary>
public class RestReadersTests
{
    /// <summary>Small buffers on both sides, so that a body waits in the server.</summary>
    private const int SmallBuffer = 4096;

    private static readonly (string Name, string Value) SmallSendBuffer = ("Limits:SocketSendBuffer", "4096");

    [Fact]
    public async Task A_reader_of_5_KB_a_second_is_not_cut_on_any_route()
    {
        await using var server = await PushServer.StartAsync(SmallSendBuffer);
        await server.IngestAsync([.. Enumerable.Range(0, 300).Select(i => Lines.Game($"g{i}")),
            .. Enumerable.Range(0, 1000).Select(i => Lines.Price("g1", 100, $"o{i}"))]);

        // 100 KB with --long; a tenth takes longer than Kestrel's 5 s of grace all the same.
        var bytes = Math.Max(Fuzz.Fuzz.Of(100_000), 40_000);
        await Task.WhenAll(
            new[] { "/v1/games/live", "/v1/leagues/nba/games", "/v1/games/g1", "/docs/scalar.js", "/asyncapi.json" }.Select(async path =>
        {
            var expected = await server.Http.GetByteArrayAsync(path);
            using var reader = await Ask(server, path);
            using var body = new MemoryStream();
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            for (var piece = new byte[500]; body.Length < Math.Min(bytes, expected.Length - piece.Length);
                await pace.WaitForNextTickAsync())
            {
                body.Write(piece.AsSpan(0, await reader.Stream.ReadAsync(piece)));
            }

            var rest = new byte[expected.Length - body.Length];
            await reader.Stream.ReadExactlyAsync(rest);
            Assert.True(expected.AsSpan().SequenceEqual([.. body.ToArray(), .. rest]), $"{path} came otherwise");
        }));
    }

    [Theory]
    [InlineData("/v1/games/live")]
    [InlineData("/v1/leagues/nba/games")]
    [InlineData("/docs/scalar.js")]
    public async Task A_reader_that_takes_nothing_is_cut_after_the_timeout_of_the_sockets(string path)
    {
        await using var server = await PushServer.StartAsync(SmallSendBuffer, ("KeepAlive:Timeout", "00:00:01"));
        await server.IngestAsync(Enumerable.Range(0, 1000).Select(i => Lines.Game($"g{i}")));
        using var reader = await Ask(server, path);

        await Eventually.True(() => Task.FromResult(IsReset(reader.Socket)));
    }

    [Fact]
    public async Task A_key_has_so_many_requests_at_once()
    {
        await using var server = await PushServer.StartAsync(SmallSendBuffer, ("Rest:MaxRequestsPerKey", "2"));
        await server.IngestAsync(Enumerable.Range(0, 300).Select(i => Lines.Game($"g{i}")));
        using var first = await Ask(server, "/v1/games/live");
        using (await Ask(server, "/v1/leagues/nba/games"))
        {
            var answer = await Refusal(
                server, "/v1/sports", "the key \"all\" may have 2 requests at once and has 2; let one end, or ask again later");
            Assert.Equal((2, 2), (answer.GetProperty("limit").GetInt32(), answer.GetProperty("open").GetInt32()));

            // Another key is let in, and so is what needs none.
            using var other = new HttpRequestMessage(HttpMethod.Get, "/v1/sports")
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", PushServer.LiveOnlyKey) },
            };
            Assert.Equal(HttpStatusCode.OK, (await server.Http.SendAsync(other)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/health")).StatusCode);
        }

        await Eventually.True(async () => (await server.Http.GetAsync("/v1/sports")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_address_has_so_many_requests_at_once()
    {
        await using var server = await PushServer.StartAsync(
            SmallSendBuffer, ("Rest:MaxRequestsPerAddress", "1"), ("Limits:SpareLoopback", "false"));
        await server.IngestAsync(Enumerable.Range(0, 300).Select(i => Lines.Game($"g{i}")));
        using var first = await Ask(server, "/v1/games/live");

        await Refusal(server, "/v1/sports", "the address 127.0.0.1 may have 1 requests at once and has 1; let one end, or ask again later");
    }

    [Fact]
    public async Task Readers_that_read_nothing_share_one_body_and_hold_no_copies()
    {
        const int readers = 100;
        using var server = ServerProcess.Start(
            [], ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("PushNet__ApiKeys__0__Name", "all"), (
                "PushNet__ApiKeys__0__Key", PushServer.Key), ("PushNet__ApiKeys__0__Scopes", "live,ingest"));
        var url = await server.ListeningAsync();
        using var http = new HttpClient
        {
            BaseAddress = url,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", PushServer.Key) },
        };
        using (var body = PushServer.Ndjson(Enumerable.Range(0, 4000).Select(i => Lines.Game($"g{i}"))))
        {
            (await http.PostAsync("/v1/ingest", body)).EnsureSuccessStatusCode();
        }

        // Once for what is kept, and for the code that runs.
        var size = (await http.GetByteArrayAsync("/v1/games/live")).Length + (await http.GetByteArrayAsync("/v1/leagues/nba/games")).Length;
        Assert.True(size > 4_000_000);
        var before = server.ResidentBytes;
        var open = new List<RawClient>();
        for (var i = 0; i < readers; i++)
        {
            open.Add(await Ask(url, i % 2 == 0 ? "/v1/games/live" : "/v1/leagues/nba/games"));
        }

        var grown = server.ResidentBytes - before;
        open.ForEach(client => client.Dispose());
        Assert.True(grown < 60_000_000, $"{readers} readers of {size / 2:N0} bytes hold {grown:N0}");
    }

    private static async Task<JsonElement> Refusal(PushServer server, string path, string error)
    {
        using var refused = await server.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        var body = JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(["error", "limit", "open", "retry_after_ms"], body.EnumerateObject().Select(field => field.Name));
        Assert.Equal(error, body.GetProperty("error").GetString());
        Assert.Equal(
            Math.Ceiling(body.GetProperty("retry_after_ms").GetInt64() / 1000d), refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        return body;
    }

    /// <summary>Asks for a body and reads no further than its head. Uses HTTP/1.0, which has no chunks.</summary>
    private static Task<RawClient> Ask(PushServer server, string path) => Ask(server.Url, path);

    private static async Task<RawClient> Ask(Uri url, string path)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = SmallBuffer };
        await socket.ConnectAsync(url.Host, url.Port);
        var client = new RawClient(socket, url.Authority);
        Assert.StartsWith("HTTP/1.1 200 ",
            await client.RequestAsync([$"GET {path} HTTP/1.0", $"Host: {url.Authority}", $"Authorization: Bearer {PushServer.Key}"]));
        return client;
    }

    private static bool IsReset(Socket socket)
    {
        try
        {
            socket.Send("\n"u8);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
