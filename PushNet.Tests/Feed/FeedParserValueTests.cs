using System.Text.Json.Nodes;
using PushNet.Actors.Games;
using static PushNet.Tests.Feed.FeedParserTests;

namespace PushNet.Tests.Feed;

/// <summary>Numbers and names that a line may have (docs/feeding.md#a-game).</summary>
public sealed class FeedParserValueTests
{
    [Theory]
    [InlineData("2", 2)]
    [InlineData("2.0", 2)]
    [InlineData("0.2e1", 2)]
    [InlineData("20E-1", 2)]
    [InlineData("-0.0", 0)]
    [InlineData("1764500000000.0", 1764500000000)]
    [InlineData("1.7645e12", 1764500000000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_whole_number_may_be_spelt_in_any_way(string written, long number)
    {
        var seen = Assert.IsType<GameObservation>(Ok(With(GameLine, game =>
        {
            game["ts"] = JsonNode.Parse(number > int.MaxValue ? written : "1764500000000");
            game["scores"] = new JsonObject { ["score_home"] = JsonNode.Parse(number <= int.MaxValue ? written : "1") };
        })));

        Assert.Equal(number, number > int.MaxValue ? seen.Ts!.Value : seen.Game.Scores.ScoreHome!.Value);
    }

    [Theory]
    [InlineData("-188", "-188.0")]
    [InlineData("-188.0", "-188.0")]
    [InlineData("220.50", "220.5")]
    [InlineData("2.75", "2.75")]
    [InlineData("1e2", "100.0")]
    [InlineData("0", "0.0")]
    [InlineData("-0", "0.0")]
    [InlineData("1000000000", "1000000000.0")]
    public void Numbers_are_normalised_to_one_decimal_or_as_many_as_they_need(string written, string normal)
    {
        var seen = Assert.IsType<PriceObservation>(
            Ok(With(PriceLine, price => price["points"] = JsonNode.Parse(written))));

        Assert.Equal(normal, seen.Key.Points.ToString());
    }

    [Theory]
    [InlineData("game_id", ".")]
    [InlineData("game_id", "..")]
    [InlineData("game_id", "g\0")]
    [InlineData("game_id", "live")]
    [InlineData("game_id", "Search")]
    [InlineData("pn_slug", "..")]
    [InlineData("pn_slug", "live")]
    [InlineData("pn_league_code", ".")]
    [InlineData("pn_league_code", "\0")]
    public void What_no_address_can_name_is_an_error(string name, string value) =>
        Assert.StartsWith(name, Error(With(GameLine, game => game[name] = value)));

    [Theory]
    [InlineData("game_id", "...")]
    [InlineData("game_id", "a/../b")]
    [InlineData("game_id", "a,b%2F ?#é\u001b")]
    [InlineData("game_id", "live/1")]
    [InlineData("pn_league_code", "live")]
    public void What_an_address_can_name_is_taken(string name, string value) => Ok(With(GameLine, game => game[name] = value));
}
