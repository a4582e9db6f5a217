using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Wire;

/// <summary>The frames to the byte (docs/protocol.md#frames): names, key order, nulls, decimals, no white space.</summary>
public sealed class GoldenFramesTests
{
    private const string Identity = "\"game_id\":\"g1\",\"pn_slug\":\"fifa-fra-arg-2022-12-18\",\"pn_league_code\":\"fifa\"";

    private const string FullGame =
        "{" + Identity + ",\"sport_category\":\"soccer\",\"start_date\":\"2022-12-18T15:00:00Z\",\"status\":\"live\",\"venue\":\"Lusail\","
        + "\"broadcast\":\"TF1\","
        + "\"home_team\":{\"name\":\"Argentina\",\"city\":\"Buenos Aires\",\"mascot\":\"Albiceleste\",\"abbreviation_pn\":\"ARG\","
        + "\"logo\":\"https://x/a.png\"},"
        + "\"away_team\":{\"name\":\"France\",\"city\":null,\"mascot\":null,\"abbreviation_pn\":null,\"logo\":null},"
        + "\"scores\":{\"status\":\"Live\",\"score_home\":2,\"score_away\":0,\"period\":\"2H\",\"clock\":\"94\",\"is_live\":true,"
        + "\"last_play\":\"corner\",\"current_down_and_distance\":\"1st & 10\","
        + "\"weather\":\"fair\",\"weather_temp\":\"21\",\"weather_temp_high\":\"25\",\"home_starter\":\"A\",\"away_starter\":\"B\"}}";

    private static readonly Game Lusail = new()
    {
        GameId = "g1",
        PnSlug = "fifa-fra-arg-2022-12-18",
        PnLeagueCode = "fifa",
        SportCategory = "soccer",
        StartDate = "2022-12-18T15:00:00Z",
        Status = GameStatus.Live,
        Venue = "Lusail",
        Broadcast = "TF1",
        HomeTeam = new Team("Argentina", "Buenos Aires", "Albiceleste", "ARG", "https://x/a.png"),
        AwayTeam = Given.Team("France"),
        Scores = new Scores
        {
            ScoreHome = 2,
            ScoreAway = 0,
            Period = "2H",
            Clock = "94",
            LastPlay = "corner",
            CurrentDownAndDistance = "1st & 10",
            Weather = "fair",
            WeatherTemp = "21",
            WeatherTempHigh = "25",
            HomeStarter = "A",
            AwayStarter = "B",
        },
    };

    private readonly FrameEncoder _encoder = new();

    [Fact]
    public void Welcome_to_shared_compression() => Is(
        """{"type":"welcome","channel":"live","conn_id":1,"message":"connected to pushnet live channel","compression":"shared"}""",
        _encoder.Welcome("live", 1, Subscription.Everything, sharesCompression: true));

    [Fact]
    public void Welcome() => Is(
        """
        {"type":"welcome","channel":"live","conn_id":1,"message":"connected to pushnet live channel"}
        """, _encoder.Welcome("live", 1, Subscription.Everything));

    [Fact]
    public void Welcome_says_what_was_asked_for_behind_the_documented_fields() => Is(
        """
        {"type":"welcome","channel":"odds","conn_id":1,"message":"connected to pushnet odds channel","filter":{"league":["nba","nfl"],
        "market":["points"]},"prices":"snapshot","conflate":250,
        "order":"seq grows over the state events, and over the prices of one outcome, not across the two"}
        """.ReplaceLineEndings(""),
        _encoder.Welcome("odds", 1, Given.Conflated() with
        {
            Extras = Extras.Prices,
            Filter = new EventFilter { League = AnyOf.The("nfl", "nba"), Market = AnyOf.The("points") },
        }));

    [Fact]
    public void Welcome_names_all_games_behind_what_was_there_before() => Is(
        """
        {"type":"welcome","channel":"odds","conn_id":1,"message":"connected to pushnet odds channel","prices":"snapshot","games":"all"}
        """,
        _encoder.Welcome("odds", 1, Given.Priced with { Extras = Extras.Prices | Extras.AllGames }));

    [Fact]
    public void Snapshot() => Is(
        $$"""{"type":"snapshot","channel":"odds","ts":1671375600000,"count":1,"games":[{{FullGame}}],"seq":41}""",
        _encoder.Snapshot("odds", 1671375600000, _encoder.EncodeGames([Lusail]), 41).First);

    [Fact]
    public void Snapshot_of_an_empty_board() => Is(
        """{"type":"snapshot","channel":"live","ts":1,"count":0,"games":[],"seq":0}""",
        _encoder.Snapshot("live", 1, _encoder.EncodeGames([]), 0).First);

    [Fact]
    public void New_game() => Is(
        $$"""{"type":"new_game",{{Identity}},"game":{{FullGame}},"ts":5,"seq":6}""", new NewGame(Lusail, 5, 6));

    [Fact]
    public void Score_change() => Is(
        $$"""{"type":"score_change",{{Identity}},"score_home":2,"score_away":0,"period":"2H","clock":"94","ts":5,"seq":6}""",
        new ScoreChange(Lusail, 5, 6));

    [Fact]
    public void Game_update() => Is(
        $$"""{"type":"game_update",{{Identity}},"game":{{FullGame}},"ts":5,"seq":6}""", new GameUpdate(Lusail, 5, 6));

    [Fact]
    public void Optional_fields_of_a_game_come_last_and_only_when_they_are_set() => Is(
        $$"""
        {"type":"new_game",{{Identity}},"game":{{FullGame[..^2]}},"periods":[{"name":"1H","home":2,"away":null}]},
        "status_detail":"suspended","winner":"home"},"ts":5,"seq":6}
        """.ReplaceLineEndings(""),
        new NewGame(
            Lusail with
            {
                StatusDetail = StatusDetail.Suspended,
                Winner = Winner.Home,
                Scores = Lusail.Scores with { Periods = new PeriodScores([new PeriodScore("1H", 2, null)]) },
            },
            5,
            6));

    [Fact]
    public void Score_change_carries_periods_before_its_time() => Is(
        $$"""
        {"type":"score_change",{{Identity}},"score_home":2,"score_away":0,"period":"2H","clock":"94","periods":[{"name":"1H","home":0,
        "away":0},{"name":"2H","home":2,"away":0}],"ts":5,"seq":6}
        """.ReplaceLineEndings(""),
        new ScoreChange(
            Lusail with
            {
                Scores = Lusail.Scores with { Periods = new PeriodScores([new PeriodScore("1H", 0, 0), new PeriodScore("2H", 2, 0)]) },
            },
            5,
            6));

    [Fact]
    public void Score_change_writes_nulls_out() => Is(
        """
        {"type":"score_change","game_id":"g1","pn_slug":null,"pn_league_code":"fifa","score_home":null,"score_away":null,"period":null,
        "clock":null,"ts":5,"seq":6}
        """.ReplaceLineEndings(""),
        new ScoreChange(Given.Game(scores: Scores.None), 5, 6));

    [Fact]
    public void Status_change() => Is(
        $$"""{"type":"status_change",{{Identity}},"old_status":"unplayed","new_status":"live","game":{{FullGame}},"ts":5,"seq":6}""",
        new StatusChange(Lusail, GameStatus.Unplayed, 5, 6));

    [Fact]
    public void Game_final() => Is(
        $$"""{"type":"game_final",{{Identity}},"score_home":2,"score_away":0,"period":"2H","clock":"94","ts":5,"seq":6}""",
        new GameFinal(Lusail, 5, 6));

    [Theory]
    [InlineData("-188.0", "275.0", "2.5", "\"old_price\":-188.0,\"new_price\":275.0,\"points\":2.5")]
    [InlineData(null, "-110.0", null, "\"old_price\":null,\"new_price\":-110.0,\"points\":null")]
    [InlineData("220.5", null, "-3.0", "\"old_price\":220.5,\"new_price\":null,\"points\":-3.0")]
    public void Price_change(string? old, string? @new, string? points, string numbers) => Is(
        $$"""
        {"type":"price_change",{{Identity}},"pn_market_type":"total_goals","book":"bet","outcome":"Over",{{numbers}},"ts":5,"seq":6}
        """,
        new PriceChange(Lusail, new OutcomeKey("total_goals", "bet", "Over", Number(points)), Number(old), Number(@new), 5, 6));

    [Fact]
    public void Price_change_says_why_it_was_withdrawn_and_what_is_of_the_main_line_before_ts()
    {
        var change = new PriceChange(Lusail, new OutcomeKey("spreads", "bet", "home", -3.5m), 110.0m, null, 5, 6);
        const string begin =
            "{\"type\":\"price_change\"," + Identity + ",\"pn_market_type\":\"spreads\",\"book\":\"bet\",\"outcome\":\"home\",";

        Is(begin + "\"old_price\":110.0,\"new_price\":null,\"points\":-3.5,\"reason\":\"suspended\",\"ts\":5,\"seq\":6}",
            change with { Reason = WithdrawalReason.Suspended });
        Is(begin + "\"old_price\":110.0,\"new_price\":110.0,\"points\":-3.5,\"main\":true,\"ts\":5,\"seq\":6}",
            change with { NewPrice = 110.0m, IsMain = true });
    }

    [Fact]
    public void Markets_of_a_game_that_goes_live() => Is(
        """
        {"type":"markets","game_id":"g1","markets":{"moneyline":[{"book":"bet","outcome":"home","price":-110.0,"points":null,
        "player_id":null,"ts":4}]},"ts":5,"seq":6}
        """.ReplaceLineEndings(""),
        new GameMarkets(Lusail, [null, new Outcome(new OutcomeKey("moneyline", "bet", "home", null), -110.0m, null, 4)], 5, 6));

    [Fact]
    public void Game_removed() => Is($$"""{"type":"game_removed",{{Identity}},"ts":5,"seq":6}""", new RemovedGame(Lusail, 5, 6));

    [Fact]
    public void Lagged_names_only_the_types_that_were_dropped() => Is(
        """{"type":"lagged","dropped":3,"dropped_by_type":{"score_change":1,"price_change":2},"ts":9,"seq":12}""",
        _encoder.Lagged(DropCounts.None.Plus([Given.Event(10), Given.Event(11), Given.Event(12, EventKind.ScoreChange)]), 9));

    [Fact]
    public void Pong() => Is("""{"type":"pong","ts":1671375600000}""", _encoder.Pong(1671375600000));

    [Fact]
    public void Feed()
    {
        Is("""{"type":"feed","stale":[],"ts":1671375600000}""", _encoder.Feed([], 1671375600000));
        Is(
            "{\"type\":\"feed\",\"stale\":[{\"name\":\"nats\",\"state\":\"stale\",\"last_observation_ms\":1671375000000},"
            + "{\"name\":\"http\",\"state\":\"failing\",\"last_observation_ms\":null}],\"ts\":1671375600000}",
            _encoder.Feed([new("nats", "stale", 1671375000000), new("http", "failing", null)], 1671375600000));
    }

    [Fact]
    public void Error() => Is("""{"type":"error","error":"say \"ping\""}""", _encoder.Error("say \"ping\""));

    [Fact]
    public void Reconnect() => Is(
        """{"type":"reconnect","after_ms":1500,"reason":"the server restarts"}""",
        _encoder.Reconnect(TimeSpan.FromMilliseconds(1500.9), "the server restarts"));

    [Theory]
    [InlineData(GameStatus.Unplayed, "unplayed", "Unplayed", "false")]
    [InlineData(GameStatus.Live, "live", "Live", "true")]
    [InlineData(GameStatus.Final, "final", "Final", "false")]
    public void Scores_follow_from_the_games_status(GameStatus status, string lower, string capitalised, string isLive)
    {
        var text = Frames.Text(_encoder.Encode(new NewGame(Given.Game(status: status), 1, 1)).Frame);

        Assert.Contains($"\"status\":\"{lower}\",\"venue\"", text);
        Assert.Contains($"\"scores\":{{\"status\":\"{capitalised}\"", text);
        Assert.Contains($"\"is_live\":{isLive}", text);
    }

    [Fact]
    public void Letters_and_emoji_are_written_as_such_and_quotes_and_control_characters_escaped()
    {
        const string name = "Müller Łódź 東京 ⚽🏀 <&'+/> \"q\" \\ \u0001\n\t\u007f";
        var text = Frames.Text(_encoder.Encode(new NewGame(Given.Game() with { Venue = name }, 1, 1)).Frame);

        Assert.Contains("\"venue\":\"Müller Łódź 東京 ⚽🏀 <&'+/> \\\"q\\\" \\\\ \\u0001\\n\\t\u007f\"", text);
    }

    private static decimal? Number(string? written) => written is null ? null : decimal.Parse(written);

    private static void Is(string expected, ReadOnlyMemory<byte> frame) => Assert.Equal(expected, Frames.Text(frame));

    private void Is(string expected, GameEvent gameEvent) => Is(expected, _encoder.Encode(gameEvent).Frame);
}
