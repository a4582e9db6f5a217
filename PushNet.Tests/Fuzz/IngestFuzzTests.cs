using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Fuzz;

/// <summary>Random lines through <c>POST /v1/ingest</c>: each is counted once, and none breaks the others.</summary>
public class IngestFuzzTests
{
    private const int AllLines = 200_000;
    private const int LinesPerBody = 1_000;

    private static readonly string[] Seeds =
    [
        Lines.Game("g1"), Lines.Game("g2", status: "unplayed"), Lines.Game("g3", status: "final"), Lines.Price("g1", -110), Lines.Price(
            "g2", 150.5m, outcome: "⚽ away"),
        """
        {"type":"price","game_id":"g1","pn_market_type":"m","book":"b","outcome":"o","points":-3.5,"price":null,"player_id":"p",
        "source":"s","ts":1736998200000}
        """.ReplaceLineEndings(""),
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "-0.0", "12345678901234567890", "0.00000000000000000000000000001",
        "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[[[[[[[[[[]]]]]]]]]]",
        "\"live\"", "\"final\"", "9223372036854775807", "-9223372036854775808",
    ];

    [Fact]
    public async Task Every_line_is_counted_once_and_good_ones_are_still_taken()
    {
        await using var server = await PushServer.StartAsync();
        for (var body = 0; body < Fuzz.Of(AllLines) / LinesPerBody; body++)
        {
            var random = Fuzz.RandomOf(body);
            using var content = new ByteArrayContent(
                [.. Enumerable.Range(0, LinesPerBody).SelectMany(_ => Line(random).Append((byte)'\n'))]);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using var response = await server.Http.PostAsync("/v1/ingest", content);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"body {body} of seed {Fuzz.Seed}: {text}");
            var summary = JsonDocument.Parse(text).RootElement;
            Assert.Equal(LinesPerBody, summary.GetProperty("lines").GetInt32());
            Assert.Equal(
                LinesPerBody, new[] { "applied", "unchanged", "stale", "rejected" }.Sum(count => summary.GetProperty(count).GetInt32()));
            Assert.DoesNotContain("the server failed", text);
        }

        await server.IngestAsync(Lines.Game("after"));
        using var client = await server.JoinAsync("odds");
        Assert.True(client.Snapshot.GetProperty("count").GetInt32() > 0);
    }

    /// <summary>A good line with a few things done to it.</summary>
    private static byte[] Line(Random random)
    {
        var text = Seeds[random.Next(Seeds.Length)];
        if (random.Next(3) == 0)
        {
            text = WithOtherValue(text, random);
        }

        var line = Encoding.UTF8.GetBytes(text);
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            line = Changed(line, random);
        }

        // An end of line would make two lines of it, and an empty line would not be counted.
        return [.. line.Select(b => b is (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)' ' ? (byte)'?' : b)];
    }

    private static string WithOtherValue(string line, Random random)
    {
        var fields = line.Split(',');
        var at = random.Next(fields.Length);
        var colon = fields[at].IndexOf(':');
        fields[at] = colon < 0 ? Values[random.Next(Values.Length)] : $"{fields[at][..(colon + 1)]}{Values[random.Next(Values.Length)]}";
        return string.Join(',', fields);
    }

    private static byte[] Changed(byte[] line, Random random)
    {
        var at = random.Next(line.Length);
        switch (random.Next(5))
        {
            case 0:
                line[at] = (byte)random.Next(256);
                return line;
            case 1:
                return line[..Math.Max(at, 1)];
            case 2:
                return [.. line[..at], .. line[at..], .. line[..at]];
            case 3:
                return [.. line[..at], (byte)random.Next(256), .. line[at..]];
            default:
                return line;
        }
    }
}
