using System.Text;
using CsCheck;
using PushNet.Actors.Feed;
using static PushNet.Tests.Feed.FeedParserTests;

namespace PushNet.Tests.Feed;

/// <summary>Lines that are too long, not UTF-8, not JSON, or make no sense.</summary>
public sealed class FeedParserLimitTests
{
    [Fact]
    public void A_line_of_64_KiB_is_read_and_one_byte_more_is_not()
    {
        var padded = GameLine.PadRight(FeedParser.MaxLineBytes);
        Assert.Equal(64 * 1024, FeedParser.MaxLineBytes);

        Ok(padded);
        Assert.Contains("longer than 65536 bytes", Error(padded + " "));
    }

    [Theory]
    [InlineData("venue", 256)]
    [InlineData("game_id", 256)]
    [InlineData("source", 256)]
    public void A_string_may_have_256_characters(string name, int most)
    {
        Ok(With(GameLine, game => game[name] = new string('é', most)));

        Assert.Contains($"{name} is longer than {most} characters", Error(With(GameLine, game => game[name] = new string('é', most + 1))));
    }

    [Fact]
    public void A_character_outside_the_basic_plane_is_one()
    {
        var most = string.Concat(Enumerable.Repeat("🏀", FeedParser.MaxStringLength));

        Ok(With(GameLine, game => game["venue"] = most));

        Assert.Contains("venue is longer than 256 characters", Error(With(GameLine, game => game["venue"] = $"{most}🏀")));
    }

    [Fact]
    public void A_last_play_may_have_1024_characters()
    {
        Ok(WithLastPlay(1024));

        Assert.Contains("scores.last_play is longer than 1024", Error(WithLastPlay(1025)));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_an_error() => Assert.Contains("UTF-8", Error([.. "{\"type\":\""u8, 0xff, .. "\"}"u8]));

    [Fact]
    public void Half_a_surrogate_pair_is_an_error() =>
        Assert.Contains("surrogate", Error(GameLine.Replace("Argentina", "\\ud83c", StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{\"type\":\"game\"")]
    [InlineData("{} {}")]
    public void What_is_not_json_is_an_error_that_says_where(string line) => Assert.Contains("not valid JSON at byte", Error(line));

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"game\"")]
    [InlineData("null")]
    public void What_is_not_an_object_is_an_error(string line) => Assert.Contains("must be a JSON object", Error(line));

    [Fact]
    public void Nesting_without_end_is_an_error() => Error(new string('[', 60_000));

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 300].Sample(
        bytes => Assert.NotNull(FeedParser.Parse(new FeedLine(1, bytes)).Error), iter: 10_000);

    [Fact]
    public void Mutated_lines_never_throw() =>
        Gen.Select(Gen.OneOf(Full, PriceLine), Gen.Select(Gen.Int[0, 5000], Gen.Byte, Gen.Int[0, 3]).Array[1, 6]).Sample(
            (line, changes) =>
            {
                var bytes = Encoding.UTF8.GetBytes(line).ToList();
                foreach (var (at, value, how) in changes)
                {
                    Mutate(bytes, bytes.Count == 0 ? 0 : at % bytes.Count, value, how);
                }

                var parsed = FeedParser.Parse(new FeedLine(1, bytes.ToArray()));
                Assert.True(parsed.Observation is null ^ parsed.Error is null);
            },
            iter: 10_000);

    private static readonly string Full = """
        {"type":"game","game_id":"g1","pn_slug":"s","pn_league_code":"fifa","sport_category":"soccer","start_date":"2022-12-18T15:00:00Z",
        "status":"live","home_team":{"name":"\u00c4\ud83c\udfc0"},"away_team":{"name":"France"},"scores":{"status":"Live","is_live":true,
        "score_home":2,"clock":"94"},"ts":1671375600000}
        """.ReplaceLineEndings("");

    private static void Mutate(List<byte> bytes, int at, byte value, int how)
    {
        switch (how)
        {
            case 0:
                bytes.Insert(at, value);
                break;
            case 1 when bytes.Count > 0:
                bytes.RemoveAt(at);
                break;
            case 2 when bytes.Count > 0:
                bytes[at] = value;
                break;
            case 3 when bytes.Count > 0:
                bytes.AddRange(bytes.Skip(at).Take(20).ToArray());
                break;
        }
    }

    private static string WithLastPlay(int length) =>
        With(GameLine, game => game["scores"] = new System.Text.Json.Nodes.JsonObject { ["last_play"] = new string('x', length) });
}
