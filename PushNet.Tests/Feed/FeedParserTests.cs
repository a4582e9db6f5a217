using System.Text;
using System.Text.Json.Nodes;
using PushNet.Actors.Feed;
using PushNet.Actors.Games;

namespace PushNet.Tests.Feed;

/// <summary>What a line may be (docs/feeding.md#a-game), and the sentence that says what is wrong with it.</summary>
public sealed class FeedParserTests
{
    internal static readonly string GameLine = """
        {"type":"game","game_id":"g1","pn_league_code":"fifa","sport_category":"soccer","start_date":"2022-12-18T15:00:00Z",
        "status":"live","home_team":{"name":"Argentina"},"away_team":{"name":"France"}}
        """.ReplaceLineEndings("");

    internal const string PriceLine =
        """{"type":"price","game_id":"g1","pn_market_type":"moneyline","book":"bet","outcome":"Home","price":-188}""";

    [Fact]
    public void A_game_with_required_fields_only_has_null_everywhere_else()
    {
        var seen = Assert.IsType<GameObservation>(Ok(GameLine));

        Assert.Equal(Given.Game("g1", scores: Scores.None) with
        {
            StartDate = "2022-12-18T15:00:00Z",
            HomeTeam = Given.Team("Argentina"),
            AwayTeam = Given.Team("France"),
        }, seen.Game);
        Assert.Null(seen.Ts);
    }

    [Fact]
    public void The_time_at_which_a_broker_stored_a_line_stands_in_for_one_that_it_lacks()
    {
        var without = FeedParser.Parse(new FeedLine(1, Encoding.UTF8.GetBytes(GameLine), StoredAt: 7)).Observation!;
        var with = FeedParser.Parse(
            new FeedLine(1, Encoding.UTF8.GetBytes(With(GameLine, game => game["ts"] = 1_600_000_000_005)), StoredAt: 7)).Observation!;

        Assert.Equal((7L, true, 1_600_000_000_005L, false), (without.Ts, without.IsTsOfStorage, with.Ts, with.IsTsOfStorage));
        Assert.False(Ok(GameLine).IsTsOfStorage);
    }

    [Fact]
    public void Every_field_of_a_game_is_read()
    {
        var line = With(GameLine, game =>
        {
            (game["pn_slug"], game["venue"], game["broadcast"], game["ts"], game["source"]) =
                ("slug", "Lusail", "TF1", 1_600_000_000_123, "s");
            game["home_team"] = JsonNode.Parse("""{"name":"N","city":"C","mascot":"M","abbreviation_pn":"A","logo":"L"}""");
            game["scores"] = JsonNode.Parse("""
                {"status":"Live","is_live":true,"score_home":2,"score_away":1,"period":"2H","clock":"94","last_play":"lp",
                "current_down_and_distance":"d","weather":"w","weather_temp":"1","weather_temp_high":"2","home_starter":"hs",
                "away_starter":"as"}
                """.ReplaceLineEndings(""));
        });

        var seen = Assert.IsType<GameObservation>(Ok(line));

        Assert.Equal(("slug", "Lusail", "TF1", 1_600_000_000_123L), (seen.Game.PnSlug, seen.Game.Venue, seen.Game.Broadcast, seen.Ts));
        Assert.Equal(new Team("N", "C", "M", "A", "L"), seen.Game.HomeTeam);
        Assert.Equal(
            new Scores
            {
                ScoreHome = 2,
                ScoreAway = 1,
                Period = "2H",
                Clock = "94",
                LastPlay = "lp",
                CurrentDownAndDistance = "d",
                Weather = "w",
                WeatherTemp = "1",
                WeatherTempHigh = "2",
                HomeStarter = "hs",
                AwayStarter = "as",
            },
            seen.Game.Scores);
    }

    [Theory]
    [InlineData("game_id")]
    [InlineData("pn_league_code")]
    [InlineData("sport_category")]
    [InlineData("start_date")]
    [InlineData("status")]
    [InlineData("home_team")]
    [InlineData("away_team")]
    [InlineData("home_team.name")]
    [InlineData("away_team.name")]
    [InlineData("type")]
    public void A_required_field_of_a_game_that_is_missing_null_or_empty_is_named(string path)
    {
        Assert.Contains($"{path} is missing", Error(With(GameLine, game => Parent(game, path).Remove(Leaf(path)))));
        Assert.Contains($"{path} is missing", Error(With(GameLine, game => Parent(game, path)[Leaf(path)] = null)));
    }

    [Theory]
    [InlineData("game_id")]
    [InlineData("pn_market_type")]
    [InlineData("book")]
    [InlineData("outcome")]
    public void A_required_field_of_a_price_that_is_missing_or_empty_is_named(string path)
    {
        Assert.Contains($"{path} is missing", Error(With(PriceLine, price => price.Remove(path))));
        Assert.Contains($"{path} is missing", Error(With(PriceLine, price => price[path] = "")));
    }

    [Fact]
    public void A_missing_price_is_an_error_and_a_null_one_withdraws()
    {
        Assert.Contains("price is missing", Error(With(PriceLine, price => price.Remove("price"))));

        Assert.Null(Assert.IsType<PriceObservation>(Ok(With(PriceLine, price => price["price"] = null))).Price);
    }

    public static TheoryData<string, string> WrongTypes => new()
    {
        { "game_id", "1" }, { "venue", "true" }, { "home_team", "\"x\"" }, { "home_team.city", "1" }, { "scores", "[]" },
        { "scores.score_home", "1.5" }, { "scores.score_home", "\"1\"" }, { "scores.score_away", "3000000000" },
        { "scores.clock", "94" }, { "scores.is_live", "\"true\"" }, { "ts", "-1" }, { "ts", "1.5" }, { "ts", "\"5\"" }, { "source", "{}" },
        { "status", "\"Live\"" }, { "start_date", "\"yesterday\"" },
        { "start_date", "\"2026-11-24T19:30:00.Z\"" }, { "start_date", "\"2026-11-24T19:30:00.\"" }, { "start_date",
            "\"2026-11-24T19:30:00.+00:00\"" },
        { "scores.score_home", "0.1e0" }, { "scores.score_home", "1e-30" }, { "scores.score_away", "2147483648.0" }, { "ts",
            "1e30" }, { "ts", "-1.0" }, { "ts", "1e500" }, { "start_date", "\"2022-12-18T15:00:00+01:00\"" }, { "type", "\"odds\"" },
    };

    [Theory]
    [MemberData(nameof(WrongTypes))]
    public void A_field_of_a_wrong_type_is_named(string path, string value)
    {
        var error = Error(With(GameLine, game =>
        {
            game["scores"] ??= new JsonObject();
            Parent(game, path)[Leaf(path)] = JsonNode.Parse(value);
        }));

        Assert.Contains(path, error);
    }

    [Theory]
    [InlineData("price", "\"-188\"")]
    [InlineData("price", "1e10")]
    [InlineData("price", "-1000000001")]
    [InlineData("price", "1e500")]
    [InlineData("points", "true")]
    [InlineData("player_id", "7")]
    public void A_field_of_a_price_of_a_wrong_type_is_named(string name, string value) =>
        Assert.Contains(name, Error(With(PriceLine, price => price[name] = JsonNode.Parse(value))));

    [Theory]
    [InlineData("""{"status":"Final"}""", "scores.status")]
    [InlineData("""{"status":"live"}""", "scores.status")]
    [InlineData("""{"is_live":false}""", "scores.is_live")]
    public void Scores_that_contradict_the_status_are_an_error(string scores, string named) =>
        Assert.Contains($"{named}", Error(With(GameLine, game => game["scores"] = JsonNode.Parse(scores))));

    [Theory]
    [InlineData("2026-11-30T19:30")]
    [InlineData("2026-11-30T19:30:00")]
    [InlineData("2026-11-30T19:30:00.5")]
    public void A_time_without_a_zone_is_an_error(string written) => Assert.Equal(
        $"start_date \"{written}\" is a time without a zone; write it in UTC with a Z at its end, or the date alone",
        Error(With(GameLine, game => game["start_date"] = written)));

    [Fact]
    public void A_time_in_seconds_is_an_error_that_names_milliseconds()
    {
        Assert.Equal(
            "ts 1764500000 is before 2001; it must be in milliseconds since 1970, not in seconds",
            Error(With(PriceLine, price => price["ts"] = 1_764_500_000)));
        Assert.Contains("milliseconds", Error(With(GameLine, game => game["ts"] = 978_307_199_999)));
        Assert.Equal(978_307_200_000, Ok(With(GameLine, game => game["ts"] = 978_307_200_000)).Ts);
    }

    [Theory]
    [InlineData("home_team", " ")]
    [InlineData("away_team", "\t\u00a0")]
    public void A_name_of_white_space_is_an_error(string team, string name) =>
        Assert.Equal($"{team}.name is white space only", Error(With(GameLine, game => game[team] = new JsonObject { ["name"] = name })));

    [Theory]
    [InlineData("2022-12-18T15:00:00Z")]
    [InlineData("2022-12-18T15:00:00.123Z")]
    [InlineData("2022-12-18T15:00Z")]
    [InlineData("2022-12-18T15:00:00+00:00")]
    [InlineData("2022-12-18")]
    public void A_start_date_is_kept_as_the_source_wrote_it(string written) =>
        Assert.Equal(written, Assert.IsType<GameObservation>(Ok(With(GameLine, game => game["start_date"] = written))).Game.StartDate);

    [Fact]
    public void Unknown_keys_are_ignored() => Ok(With(GameLine, game => (game["odd"], game["at"]) = (new JsonArray(1, "x"), 5)));

    internal static Observation Ok(string line)
    {
        var parsed = FeedParser.Parse(new FeedLine(7, Encoding.UTF8.GetBytes(line)));
        Assert.Null(parsed.Error);
        Assert.Equal(7, parsed.Number);
        return parsed.Observation!;
    }

    internal static string Error(string line) => Error(Encoding.UTF8.GetBytes(line));

    internal static string Error(byte[] line)
    {
        var parsed = FeedParser.Parse(new FeedLine(7, line));
        Assert.Null(parsed.Observation);
        return parsed.Error!;
    }

    internal static string With(string line, Action<JsonObject> change)
    {
        var node = JsonNode.Parse(line)!.AsObject();
        change(node);
        return node.ToJsonString();
    }

    private static JsonObject Parent(JsonObject node, string path) => path.Contains('.') ? node[path.Split('.')[0]]!.AsObject() : node;

    private static string Leaf(string path) => path.Split('.')[^1];
}
