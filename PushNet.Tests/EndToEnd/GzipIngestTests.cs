using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

public class GzipIngestTests
{
    [Fact]
    public async Task A_gzip_body_is_taken_as_if_it_were_plain()
    {
        await using var server = await PushServer.StartAsync();

        var (status, summary) = await PostAsync(server, Gzip([Lines.Game("g1"), .. Lines.MovingPrices("g1", 20_000), "nonsense"]));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((20_002, 20_001, 1), (Number(summary, "lines"), Number(summary, "applied"), Number(summary, "rejected")));
    }

    [Fact]
    public async Task The_longest_line_is_measured_unpacked()
    {
        await using var server = await PushServer.StartAsync();

        var (_, summary) = await PostAsync(server, Gzip([new string('x', 100_000), Lines.Game("g1")]));

        Assert.Equal((1, 1), (Number(summary, "rejected"), Number(summary, "applied")));
        Assert.Contains("longer than 65536 bytes", summary.GetProperty("errors")[0].GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_body_that_grows_out_of_proportion_is_refused_and_what_came_before_is_counted()
    {
        await using var server = await PushServer.StartAsync();

        var (status, summary) = await PostAsync(server, Gzip([Lines.Game("g1"), new string(' ', 40_000_000), Lines.Game("g2")]));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal((1, 400), (Number(summary, "applied"), Number(summary, "status")));
        Assert.Contains("200 times its size", summary.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_body_that_is_no_gzip_is_refused()
    {
        await using var server = await PushServer.StartAsync();

        var (status, summary) = await PostAsync(server, Encoding.UTF8.GetBytes(Lines.Game("g1")));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("the body can't be unpacked", summary.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_refused_though_its_whole_lines_are_taken()
    {
        await using var server = await PushServer.StartAsync();
        var whole = Gzip([Lines.Game("g1"), .. Lines.MovingPrices("g1", 5000)]);

        var (status, summary) = await PostAsync(server, whole[..(whole.Length / 2)]);

        Assert.Equal((HttpStatusCode.BadRequest, 0), (status, Number(summary, "rejected")));
        Assert.InRange(Number(summary, "applied"), 1, 4999);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public async Task Garbage_behind_it_is_told_and_what_came_before_is_counted(int garbage)
    {
        await using var server = await PushServer.StartAsync();

        var (status, summary) = await PostAsync(
            server, [.. Gzip([Lines.Game("g1"), ""]), .. Gzip([Lines.Game("g2"), ""]), .. Enumerable.Repeat((byte)'x', garbage)]);

        Assert.Equal((HttpStatusCode.BadRequest, 2), (status, Number(summary, "applied")));
        Assert.Contains("follows the end of its gzip data", summary.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    public async Task Gzip_has_another_name_and_any_case(string coding)
    {
        await using var server = await PushServer.StartAsync();

        var (status, summary) = await PostAsync(server, [.. Gzip([Lines.Game("g1"), ""]), .. Gzip([Lines.Game("g2")])], coding);

        Assert.Equal((HttpStatusCode.OK, 2), (status, Number(summary, "applied")));
    }

    [Fact]
    public async Task Another_coding_is_refused_with_the_ones_that_are_known()
    {
        await using var server = await PushServer.StartAsync();

        var (status, answer) = await PostAsync(server, Encoding.UTF8.GetBytes(Lines.Game("g1")), "br");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("send the body as gzip", answer.GetProperty("error").GetString());
    }

    private static byte[] Gzip(IEnumerable<string> lines)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        }

        return bytes.ToArray();
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(
        PushServer server, byte[] bytes, string encoding = "gzip")
    {
        using var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        body.Headers.ContentEncoding.Add(encoding);
        using var response = await server.Http.PostAsync("/v1/ingest", body);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
