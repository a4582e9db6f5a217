using System.Text;
using System.Text.Json.Nodes;
using PushNet.Actors.Feed;
using PushNet.Actors.Games;
using static PushNet.Tests.Feed.FeedParserTests;

namespace PushNet.Tests.Feed;

/// <summary>The detail of a game's status, its winner and its periods, as a line gives them (docs/feeding.md#a-game).</summary>
public sealed class SportFactsTests
{
    [Theory]
    [InlineData("unplayed", "postponed", "home", "[{\"name\":\"1\",\"home\":6,\"away\":null}]", null)]
    [InlineData("final", "abandoned", "draw", "[]", null)]
    [InlineData("live", null, null, null, null)]
    [InlineData("live", "postponed", null, null,
        "status_detail \"postponed\" contradicts the status; the status of such a game is \"unplayed\"")]
    [InlineData("live", "abandoned", null, null,
        "status_detail \"abandoned\" contradicts the status; the status of such a game is \"final\"")]
    [InlineData("live", "late", null, null,
        "status_detail is \"late\"; it must be \"postponed\", \"delayed\", \"suspended\", \"abandoned\", "
        + "\"cancelled\", \"awarded\", \"walkover\" or \"retired\"")]
    [InlineData("live", null, "Home", null, "winner is \"Home\"; it must be \"home\", \"away\" or \"draw\"")]
    [InlineData("live", null, null, "{}", "scores.periods must be an array of objects, or null")]
    [InlineData("live", null, null, "[1]", "scores.periods[0] must be a JSON object")]
    [InlineData("live", null, null, "[{\"name\":\"1\"},{\"home\":1}]", "scores.periods[1].name is missing or empty")]
    [InlineData("live", null, null, "[{\"name\":\"1\",\"home\":1.5}]", "scores.periods[0].home must be an integer or null")]
    public void What_happens_in_sport_is_checked(string status, string? detail, string? winner, string? periods, string? error)
    {
        var line = FeedParser.Parse(new FeedLine(1, Encoding.UTF8.GetBytes(With(GameLine, game =>
        {
            (game["status"], game["status_detail"], game["winner"]) = (status, detail, winner);
            game["scores"] = new JsonObject { ["periods"] = periods is null ? null : JsonNode.Parse(periods) };
        }))));

        Assert.Equal(error, line.Error);
        if (error is null)
        {
            var game = Assert.IsType<GameObservation>(line.Observation).Game;
            Assert.Equal((detail, winner), (game.StatusDetail?.ToString().ToLowerInvariant(), game.Winner?.ToString().ToLowerInvariant()));
            Assert.Equal(periods?.Contains("name", StringComparison.Ordinal) == true ? "1 6-" : null, game.Scores.Periods?.ToString());
        }
    }

    [Fact]
    public void More_than_forty_periods_are_an_error()
    {
        var periods = new JsonArray([.. Enumerable.Range(1, 41).Select(i => new JsonObject { ["name"] = $"{i}" })]);

        Assert.Equal(
            "scores.periods has more than 40 entries",
            Error(With(GameLine, game => game["scores"] = new JsonObject { ["periods"] = periods })));
    }
}
