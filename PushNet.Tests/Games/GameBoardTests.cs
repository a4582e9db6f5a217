using PushNet.Actors.Games;

namespace PushNet.Tests.Games;

/// <summary>When events fire (docs/protocol.md#deltas).</summary>
public sealed class GameBoardTests
{
    private readonly GameBoard _board = new(Given.Limits);

    [Theory]
    [InlineData(GameStatus.Unplayed)]
    [InlineData(GameStatus.Live)]
    [InlineData(GameStatus.Final)]
    public void A_games_first_observation_emits_new_game_alone(GameStatus status)
    {
        var result = Apply(Given.Game(status: status));

        Assert.Equal(Verdict.Applied, result.Verdict);
        var newGame = Assert.IsType<NewGame>(Assert.Single(result.Events, one => one.Aside is Aside.None));
        Assert.Equal((status, 1L), (newGame.Game.Status, newGame.Seq));
    }

    [Fact]
    public void Score_period_and_clock_that_change_together_emit_one_score_change()
    {
        Apply(Given.Game());

        var result = Apply(Given.Game(scores: Given.Scores(2, 2, "2H", "46")));

        var change = Assert.IsType<ScoreChange>(Assert.Single(result.Events));
        Assert.Equal(Given.Scores(2, 2, "2H", "46"), change.Game.Scores);
    }

    public static TheoryData<int?, int?, string?, string?> OneThingChanged => new()
    {
        { 2, 0, "1H", "10" }, { null, 0, "1H", "10" }, { 1, 1, "1H", "10" }, { 1, null, "1H", "10" },
        { 1, 0, "2H", "10" }, { 1, 0, null, "10" }, { 1, 0, "1H", "11" }, { 1, 0, "1H", null },
    };

    [Theory]
    [MemberData(nameof(OneThingChanged))]
    public void Each_of_score_period_and_clock_alone_emits_a_score_change(int? home, int? away, string? period, string? clock)
    {
        Apply(Given.Game());

        var result = Apply(Given.Game(scores: Given.Scores(home, away, period, clock)));

        Assert.IsType<ScoreChange>(Assert.Single(result.Events));
    }

    [Theory]
    [InlineData(GameStatus.Unplayed, GameStatus.Live)]
    [InlineData(GameStatus.Live, GameStatus.Unplayed)]
    [InlineData(GameStatus.Final, GameStatus.Live)]
    [InlineData(GameStatus.Final, GameStatus.Unplayed)]
    public void A_game_that_moves_either_way_emits_status_change(GameStatus from, GameStatus to)
    {
        Apply(Given.Game(status: from));

        var result = Apply(Given.Game(status: to));

        var change = Assert.IsType<StatusChange>(Assert.Single(result.Events, one => one.Aside is Aside.None));
        Assert.Equal((from, to), (change.OldStatus, change.Game.Status));
        Assert.Equal(to is GameStatus.Live, result.Events is [StatusChange, GameMarkets]);
    }

    [Theory]
    [InlineData(GameStatus.Unplayed)]
    [InlineData(GameStatus.Live)]
    public void Game_final_follows_its_status_change_directly(GameStatus from)
    {
        Apply(Given.Game(status: from));

        var result = Apply(Given.Game(status: GameStatus.Final));

        Assert.Equal([EventKind.StatusChange, EventKind.GameFinal], result.Events.Select(e => e.Kind));
    }

    [Fact]
    public void A_score_that_changes_with_the_end_comes_first_and_each_event_has_the_next_seq()
    {
        Apply(Given.Game());

        var result = Apply(Given.Game(status: GameStatus.Final, scores: Given.Scores(home: 3)));

        Assert.Equal([EventKind.ScoreChange, EventKind.StatusChange, EventKind.GameFinal], result.Events.Select(e => e.Kind));
        Assert.Equal([2L, 3L, 4L], result.Events.Select(e => e.Seq));
        Assert.All(result.Events, e => Assert.Equal(3, e.Game.Scores.ScoreHome));
        Assert.Equal(4, _board.Seq);
    }

    [Fact]
    public void An_observation_that_changes_nothing_emits_nothing()
    {
        Apply(Given.Game());

        var result = Apply(Given.Game());

        Assert.Equal(Verdict.Unchanged, result.Verdict);
        Assert.Empty(result.Events);
        Assert.Equal(1, _board.Seq);
    }

    [Fact]
    public void Details_change_without_a_number_but_count_as_applied_and_renew_the_snapshot()
    {
        Apply(Given.Game());
        var version = _board.GamesVersion;

        var result = Apply(Given.Game(scores: Given.Scores() with { LastPlay = "corner" }));

        Assert.Equal(Verdict.Applied, result.Verdict);
        Assert.Equal((1, true, false), Assert.IsType<GameUpdate>(Assert.Single(result.Events)) is var update
            ? (update.Seq, update.IsOfDetails, update.IsNumbered) : default);
        Assert.Equal("corner", _board.Find("g1")!.Scores.LastPlay);
        Assert.NotEqual(version, _board.GamesVersion);
    }

    [Fact]
    public void Sides_that_are_swapped_are_told_before_the_score()
    {
        Apply(Given.Game(scores: Given.Scores(2, 1)));

        var result = Apply(Given.Game(scores: Given.Scores(1, 2) with { LastPlay = "none" }) with
        {
            HomeTeam = Given.Team("Away"),
            AwayTeam = Given.Team("Home"),
        });

        Assert.Collection(
            result.Events,
            first => Assert.Equal(
                ("Away", 1, 2),
                first is GameUpdate { IsOfDetails: false }
                    ? (first.Game.HomeTeam.Name, first.Game.Scores.ScoreHome, (int)first.Seq) : default),
            second => Assert.Equal(3, Assert.IsType<ScoreChange>(second).Seq));
    }

    public static TheoryData<Game> OtherMatches => new(
        Given.Game() with { HomeTeam = Given.Team("Other") },
        Given.Game() with { AwayTeam = Given.Team("Away") with { City = "Town" } },
        Given.Game() with { StartDate = "2026-01-03" },
        Given.Game() with { PnSlug = "late" },
        Given.Game() with { Venue = "Lusail" },
        Given.Game() with { Broadcast = "TF1" },
        Given.Game() with { StatusDetail = StatusDetail.Suspended },
        Given.Game() with { Winner = Winner.Home });

    [Theory]
    [MemberData(nameof(OtherMatches))]
    public void What_describes_the_match_makes_an_update(Game game)
    {
        Apply(Given.Game());

        var result = Apply(game);

        Assert.Equal(new GameUpdate(game, Given.NowMs, 2), Assert.Single(result.Events, one => one.IsNumbered));
    }

    [Fact]
    public void Periods_make_a_score_change()
    {
        Apply(Given.Game(scores: Given.Scores() with { Periods = new PeriodScores([new PeriodScore("1H", 1, 0)]) }));

        var same = Apply(Given.Game(scores: Given.Scores() with { Periods = new PeriodScores([new PeriodScore("1H", 1, 0)]) }));
        var other = Apply(Given.Game(scores: Given.Scores() with { Periods = new PeriodScores([new PeriodScore("1H", 0, 1)]) }));

        Assert.Equal(Verdict.Unchanged, same.Verdict);
        Assert.IsType<ScoreChange>(Assert.Single(other.Events));
    }

    [Theory]
    [InlineData(2, GameStatus.Live, "ScoreChange 2, GameUpdate 2")]
    [InlineData(1, GameStatus.Final, "StatusChange 2, GameFinal 3")]
    [InlineData(1, GameStatus.Live, "GameUpdate 1")]
    public void Details_are_told_behind_the_score_unless_the_whole_game_is(int home, GameStatus status, string events)
    {
        Apply(Given.Game());

        var result = Apply(Given.Game(status: status, scores: Given.Scores(home) with { LastPlay = "corner" }));

        Assert.Equal(events, string.Join(", ", result.Events.Select(one => $"{one.Kind} {one.Seq}")));
        Assert.Equal(result.Events[^1].Seq, _board.Seq);
    }

    [Fact]
    public void An_event_has_the_observations_own_time_else_the_servers()
    {
        var own = Apply(Given.Game(), ts: 7);
        var servers = Apply(Given.Game(scores: Given.Scores(home: 9)));

        Assert.Equal((7L, Given.NowMs), (own.Events[0].Ts, servers.Events[0].Ts));
    }

    [Fact]
    public void Only_games_that_are_played_are_live()
    {
        Apply(Given.Game("soon", GameStatus.Unplayed));
        Apply(Given.Game("now", GameStatus.Live));
        Apply(Given.Game("over", GameStatus.Final));

        Assert.Equal(["now"], _board.LiveGames.Select(game => game.GameId));
        Assert.Equal(3, _board.GameCount);
    }

    private ApplyResult Apply(Game game, long? ts = null) => _board.Apply(Given.Seen(game, ts), Given.Now);
}
