using System.Text.Json;
using PushNet.Actors.Feed.Demo;

namespace PushNet.Tests.Feed;

public sealed class DemoMatchTests
{
    public static TheoryData<string, int, int, string> Results => new()
    {
        { "world-cup-final-2022", 3, 3, "4-2" },
        { "world-cup-semi-final-2014", 1, 7, "92" },
        { "champions-league-final-2005", 3, 3, "2-3" },
        { "champions-league-2017-barcelona-paris", 6, 1, "95" },
        { "champions-league-2019-liverpool-barcelona", 4, 0, "94" },
        { "womens-world-cup-final-2015", 5, 2, "93" },
        { "nba-finals-2016-game-7", 89, 93, "00:00" },
        { "super-bowl-51", 28, 34, "11:02" },
        { "stanley-cup-final-2019-game-7", 1, 4, "00:00" },
        { "world-series-2016-game-7", 7, 8, "Bot" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void Every_match_ends_with_its_real_result(string match, int home, int away, string clock)
    {
        var last = Recording(match)[^1];

        Assert.Equal("final", Field(last, "status"));
        Assert.Equal(
            (home, away, clock), (Score(last).Home, Score(last).Away, last.GetProperty("scores").GetProperty("clock").GetString()));
    }

    [Theory]
    [MemberData(nameof(Results))]
    public void Every_match_is_told_in_order_from_unplayed_to_final(string match, int home, int away, string clock)
    {
        _ = (home, away, clock);
        var lines = Recording(match);

        Assert.Equal(0, lines[0].GetProperty("at").GetDouble());
        Assert.All(lines.Zip(lines.Skip(1)),
            pair => Assert.True(pair.First.GetProperty("at").GetDouble() <= pair.Second.GetProperty("at").GetDouble()));
        Assert.Equal(["unplayed", "live", "final"], lines.Select(line => Field(line, "status")).Aggregate(
            new List<string>(), (seen, status) => seen.Count > 0 && seen[^1] == status ? seen : [.. seen, status]));
        Assert.All(lines.Skip(1).Zip(lines.Skip(2)), pair => Assert.True(
            pair.First.GetProperty("scores").GetProperty("score_home").GetInt32() <= Score(pair.Second).Home
                && Score(pair.First).Away <= Score(pair.Second).Away));
    }

    [Fact]
    public void Every_recorded_match_is_in_the_table_of_results() =>
        Assert.Equal(Results.Select(row => (string)row[0]).Order(), DemoMatch.LoadAll().Select(match => match.Name).Order());

    private static List<JsonElement> Recording(string match) =>
        [.. DemoMatch.LoadAll().Single(recorded => recorded.Name == match).Moments.Select(moment => moment.Template)];

    private static string Field(JsonElement line, string name) => line.GetProperty(name).GetString()!;

    private static (int Home, int Away) Score(JsonElement line)
    {
        var scores = line.GetProperty("scores");
        return scores.GetProperty("score_home").ValueKind is JsonValueKind.Null
            ? (0, 0) : (scores.GetProperty("score_home").GetInt32(), scores.GetProperty("score_away").GetInt32());
    }
}
