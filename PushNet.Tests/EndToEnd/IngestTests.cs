using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace PushNet.Tests.EndToEnd;

public class IngestTests
{
    [Fact]
    public async Task Every_line_is_counted_and_bad_ones_change_nothing()
    {
        await using var server = await PushServer.StartAsync();
        using var body = PushServer.Ndjson(
        [
            Lines.Game("g1"), Lines.Game("g1"), "", "{broken", Lines.Price("unknown", 110), Lines.Price("g1", 110),
            Lines.Price("g1", 120).Replace("}", ",\"ts\":1600000000005}", StringComparison.Ordinal), Lines.Price("g1", 130)
                .Replace("}", ",\"ts\":1600000000004}", StringComparison.Ordinal),
        ]);

        var response = await server.Http.PostAsync("/v1/ingest", body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """
            {"lines":7,"applied":3,"unchanged":1,"stale":1,"rejected":2,"errors":[{"line":4,"error":"not valid JSON at byte 1"},{"line":5,
            "error":"game unknown is not known; send its game observation first"}]}
            """.ReplaceLineEndings(""),
            (await response.Content.ReadAsStringAsync()).Trim());
        Assert.Equal(3, (await server.GetJsonAsync("/v1/games/live")).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task A_slug_that_two_games_share_is_told_in_the_answer()
    {
        await using var server = await PushServer.StartAsync();
        var second = Lines.Game("g2", "unplayed").Replace("home-g2", "home-g1", StringComparison.Ordinal);
        using var body = PushServer.Ndjson([Lines.Game("g1", "final"), second, second]);

        var answer = await (await server.Http.PostAsync("/v1/ingest", body)).Content.ReadAsStringAsync();

        Assert.Equal(
            """
            {"lines":3,"applied":2,"unchanged":1,"stale":0,"rejected":0,"errors":[],"warnings":[{"line":2,
            "warning":"pn_slug \"nba-away-home-g1\" is that of game g1 too; asked by it,
             REST answers the one that is live, or else the next one"}]}
            """.ReplaceLineEndings(""),
            answer.Trim());
        Assert.Equal("g2", (await server.GetJsonAsync("/v1/games/nba-away-home-g1/scores")).GetProperty("game_id").GetString());
    }

    [Fact]
    public async Task Only_the_first_hundred_errors_are_told()
    {
        await using var server = await PushServer.StartAsync();
        using var body = PushServer.Ndjson(Enumerable.Repeat("nonsense", 250));

        var summary = JsonDocument.Parse(await (await server.Http.PostAsync("/v1/ingest", body)).Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(250, summary.GetProperty("rejected").GetInt32());
        Assert.Equal(100, summary.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_rejected_and_the_next_one_taken()
    {
        await using var server = await PushServer.StartAsync();
        using var body = PushServer.Ndjson([new string('x', 3_000_000), Lines.Game("g1")]);

        var summary = JsonDocument.Parse(await (await server.Http.PostAsync("/v1/ingest", body)).Content.ReadAsStringAsync()).RootElement;

        Assert.Equal((1, 1), (summary.GetProperty("rejected").GetInt32(), summary.GetProperty("applied").GetInt32()));
        Assert.Contains("longer than 65536 bytes", summary.GetProperty("errors")[0].GetProperty("error").GetString());
    }

    [Fact]
    public async Task The_way_in_needs_its_scope_and_its_content_type()
    {
        await using var server = await PushServer.StartAsync();
        using var wrongType = new StringContent(Lines.Game("g1"), new MediaTypeHeaderValue("application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, (await server.Http.PostAsync("/v1/ingest", wrongType)).StatusCode);
        using var body = PushServer.Ndjson([Lines.Game("g1")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Http.PostAsync("/v1/ingest?ack=1", body)).StatusCode);
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", PushServer.LiveOnlyKey);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Http.PostAsync("/v1/ingest", body)).StatusCode);
    }

    [Fact]
    public async Task Forty_megabytes_stream_through_one_body()
    {
        await using var server = await PushServer.StartAsync();
        var line = Lines.Game("g1", clock: new string('9', 200));
        var count = (40_000_000 / line.Length) + 1;
        using var body = new StreamedContent(async pipe =>
        {
            for (var i = 0; i < count; i++)
            {
                await pipe.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            }
        });

        using var response = await server.Http.PostAsync("/v1/ingest", body);

        var summary = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((count, count - 1), (summary.GetProperty("lines").GetInt32(), summary.GetProperty("unchanged").GetInt32()));
    }

    [Fact]
    public async Task A_line_every_twenty_seconds_is_fast_enough()
    {
        await using var server = await PushServer.StartAsync();
        using var body = new StreamedContent(async pipe =>
        {
            await pipe.WriteAsync(Encoding.UTF8.GetBytes(Lines.Game("g1") + "\n"));
            await pipe.FlushAsync();
            using var pause = new PeriodicTimer(TimeSpan.FromSeconds(20));
            await pause.WaitForNextTickAsync();
            await pipe.WriteAsync(Encoding.UTF8.GetBytes(Lines.Game("g2") + "\n"));
        });

        using var response = await server.Http.PostAsync("/v1/ingest", body);

        Assert.Equal(2, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("applied").GetInt32());
    }

    [Fact]
    public async Task Acknowledgements_come_while_the_body_goes_on()
    {
        await using var server = await PushServer.StartAsync();
        using var client = await server.ConnectAsync();
        await client.SendAsync(ChunkedPost(Lines.Game("g1") + "\n", "acks=1"));
        Assert.StartsWith("HTTP/1.1 200 ", await client.ReadHeadAsync());

        Assert.Equal("""{"acked":1,"applied":1,"unchanged":0,"stale":0,"rejected":0}""" + "\n", await client.ReadBodyAsync());
        await client.SendAsync(Chunk("nonsense\n"));
        Assert.Equal("""{"acked":2,"applied":1,"unchanged":0,"stale":0,"rejected":1}""" + "\n", await client.ReadBodyAsync());
        await client.SendAsync(Chunk(""));
        Assert.StartsWith("""
            {"lines":2,"applied":1,"unchanged":0,"stale":0,"rejected":1,"errors":[{"line":2,
            """, await client.ReadBodyAsync());
    }

    [Fact]
    public async Task A_body_that_falls_silent_is_ended_with_its_summary()
    {
        await using var server = await PushServer.StartAsync(("Ingest:IdleTimeout", "00:00:01"));
        using var client = await server.ConnectAsync();
        await client.SendAsync(ChunkedPost(Lines.Game("g1") + "\n" + "half a line"));

        Assert.StartsWith("HTTP/1.1 200 ", await client.ReadHeadAsync());
        Assert.StartsWith("""{"lines":1,"applied":1,""", await client.ReadBodyAsync());
    }

    [Theory]
    [InlineData("ffffffffff\r\n")]
    [InlineData("7fffffffffffffff\r\n")]
    [InlineData("zz\r\n")]
    [InlineData("5\r\nabcdefgh\r\n")]
    public async Task Chunks_that_make_no_sense_get_a_summary_of_what_came_before_and_not_a_word_in_the_log(string chunk)
    {
        using var logs = new RecordingLogs();
        await using var server = await PushServer.StartAsync(
            builder => builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(logs));
        using var client = await server.ConnectAsync();
        await client.SendAsync(ChunkedPost(Lines.Game("g1") + "\n"));
        await Eventually.True(async () => (await server.GetJsonAsync("/health")).GetProperty("games").GetInt32() == 1);
        logs.Lines.Clear();

        await client.SendAsync(chunk);

        Assert.StartsWith("HTTP/1.1 400 ", await client.ReadHeadAsync());
        var summary = JsonDocument.Parse(await client.ReadBodyAsync()).RootElement;
        Assert.Equal((1, 400), (summary.GetProperty("applied").GetInt32(), summary.GetProperty("status").GetInt32()));
        Assert.Contains("not sent as HTTP demands", summary.GetProperty("error").GetString());
        Assert.Equal("", await client.ReadBodyAsync());
        Assert.Null(await client.ReadFrameAsync());
        Assert.Empty(logs.Lines);
    }

    [Fact]
    public async Task A_key_and_all_keys_have_so_many_bodies_at_once()
    {
        await using var server = await PushServer.StartAsync(("Ingest:MaxBodiesPerKey", "1"));
        using var sends = await server.ConnectAsync();
        await sends.SendAsync(ChunkedPost(Lines.Game("g1") + "\n", "acks=1"));
        Assert.StartsWith("HTTP/1.1 200 ", await sends.ReadHeadAsync());
        using var body = PushServer.Ndjson([Lines.Game("g2")]);

        using var refused = await server.Http.PostAsync("/v1/ingest", body);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
        Assert.StartsWith(
            """
            {"error":"the key \"all\" may have 1 ingest bodies at once and has 1; end one, or send again later","limit":1,"open":1,
            "retry_after_ms":
            """.ReplaceLineEndings(""),
            await refused.Content.ReadAsStringAsync());

        await sends.SendAsync(Chunk(""));
        await Eventually.True(async () => (await server.Http.PostAsync("/v1/ingest", body)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Half_a_line_of_a_sender_that_broke_off_changes_nothing()
    {
        await using var server = await PushServer.StartAsync();
        using (var client = await server.ConnectAsync())
        {
            await client.SendAsync(ChunkedPost(Lines.Game("g1") + "\n" + Lines.Game("g2")));
            await Eventually.True(async () => (await server.GetJsonAsync("/health")).GetProperty("games").GetInt32() == 1);
        }

        await server.IngestAsync(Lines.Game("g3"));
        Assert.Equal(2, (await server.GetJsonAsync("/health")).GetProperty("games").GetInt32());
    }

    /// <summary>The beginning of a post that does not say when it ends.</summary>
    internal static string ChunkedPost(string chunk, string query = "acks=0", string key = PushServer.Key) =>
        $"POST /v1/ingest?key={key}&{query} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: "
            + $"chunked\r\n\r\n{Chunk(chunk)}";

    internal static string Chunk(string text) => $"{text.Length:x}\r\n{text}\r\n";

    /// <summary>A body that is written while it is sent.</summary>
    private sealed class StreamedContent : HttpContent
    {
        private readonly Func<Stream, Task> _write;

        public StreamedContent(Func<Stream, Task> write)
        {
            _write = write;
            Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
