using PushNet.Actors.Clock;
using PushNet.Actors.Games;

namespace PushNet.Tests.Games;

/// <summary>What the board holds at most and for how long (docs/feeding.md#limits).</summary>
public sealed class GameBoardLimitTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Fact]
    public void The_defaults_are_those_of_the_contract()
    {
        var limits = Given.Limits;

        Assert.Equal((10_000, 1_000_000), (limits.MaxGames, limits.MaxOutcomes));
        Assert.Equal(
            (Day, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5)), (limits.GameRetention, limits.DemoRetention, limits.MaxAhead));
    }

    [Fact]
    public void A_game_too_many_is_rejected_and_known_ones_go_on()
    {
        var board = new GameBoard(Given.Limits with { MaxGames = 1 });
        board.Apply(Given.Seen(Given.Game("a")), Given.Now);

        var result = board.Apply(Given.Seen(Given.Game("b")), Given.Now);

        Assert.Equal(Verdict.Rejected, result.Verdict);
        Assert.Contains("1 games", result.Error);
        Assert.Equal((1, 1L), (board.GameCount, board.Seq));
        Assert.Equal(Verdict.Applied, board.Apply(Given.Seen(Given.Game("a", scores: Given.Scores(home: 2))), Given.Now).Verdict);
    }

    [Fact]
    public void A_full_board_makes_room_for_a_game_that_comes_live()
    {
        var (board, left) = (new GameBoard(Given.Limits with { MaxGames = 5 }), new List<string>());
        var now = Given.Now;
        foreach (var (id, status, start) in new[]
        {
            ("live", GameStatus.Live, "2026-01-02"), ("over", GameStatus.Final, "2026-01-03"),
            ("long over", GameStatus.Final, "2026-01-04"),
            ("soon", GameStatus.Unplayed, "2026-01-05T10:00Z"), ("far", GameStatus.Unplayed, "2026-01-06"),
        })
        {
            Take(Given.Game(id, status) with { StartDate = start });
        }

        board.Apply(Given.Price(110m, game: "over"), now += TimeSpan.FromSeconds(1));
        Assert.Equal(Verdict.Rejected, Take(Given.Game("unplayed too", GameStatus.Unplayed)).Verdict);
        foreach (var id in new[] { "1", "2", "3", "4" })
        {
            Assert.Equal("RemovedGame NewGame", string.Join(' ', Take(Given.Game(id)).Events.Take(2).Select(one => one.GetType().Name)));
        }

        Assert.Equal(["long over", "over", "far", "soon"], left);
        Assert.Equal((5, 4L, 0), (board.GameCount, board.EvictedCount, board.OutcomeCount));
        Assert.Equal(["live", "1", "2", "3", "4"], board.View().Games.Select(view => view.Game.GameId));
        Assert.Contains("5 games", Take(Given.Game("5")).Error);

        ApplyResult Take(Game game) => board.Apply(Given.Seen(game), now += TimeSpan.FromSeconds(1), left: left.Add);
    }

    [Fact]
    public void An_unplayed_game_with_prices_and_the_games_of_others_make_no_room()
    {
        var board = new GameBoard(Given.Limits with { MaxGames = 1 });
        board.Apply(Given.Seen(Given.Game("g1", GameStatus.Unplayed)), Given.Now);

        Assert.Equal(Verdict.Rejected, board.Apply(Given.Seen(Given.Game("demo")), Given.Now, isDemo: true).Verdict);
        board.Apply(Given.Price(110m), Given.Now);
        Assert.Equal(Verdict.Rejected, board.Apply(Given.Seen(Given.Game("g2")), Given.Now).Verdict);
        board.Apply(Given.Price(null), Given.Now);
        Assert.Equal(Verdict.Applied, board.Apply(Given.Seen(Given.Game("g2")), Given.Now).Verdict);
    }

    [Fact]
    public void An_outcome_too_many_is_rejected_and_known_ones_go_on()
    {
        var board = new GameBoard(Given.Limits with { MaxOutcomes = 1 });
        board.Apply(Given.Seen(Given.Game()), Given.Now);
        board.Apply(Given.Price(110m, "Home"), Given.Now);

        var result = board.Apply(Given.Price(120m, "Away"), Given.Now);

        Assert.Equal(Verdict.Rejected, result.Verdict);
        Assert.Equal((1, 2L), (board.OutcomeCount, board.Seq));
        Assert.Equal(Verdict.Applied, board.Apply(Given.Price(120m, "Home"), Given.Now).Verdict);
    }

    [Theory]
    [InlineData(GameStatus.Unplayed)]
    [InlineData(GameStatus.Final)]
    public void A_game_that_is_not_live_leaves_after_its_retention_with_its_prices(GameStatus status)
    {
        var board = Board(Given.Game(status: status));
        board.Apply(Given.Price(110m), Given.Now);

        Assert.Empty(board.Evict(Given.Now + (Day - TimeSpan.FromMilliseconds(1))));
        Assert.Single(board.Evict(Given.Now + Day));

        Assert.Equal((0, 0), (board.GameCount, board.OutcomeCount));
        Assert.Null(board.Find("g1"));
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public void A_wall_clock_that_is_set_by_days_makes_no_game_leave_sooner_or_later(int days)
    {
        var board = Board(Given.Game(status: GameStatus.Final));

        Assert.Empty(board.Evict(Set(Given.Now + (Day - TimeSpan.FromMilliseconds(1)))));
        Assert.Single(board.Evict(Set(Given.Now + Day)));

        Moment Set(Moment moment) => moment with { WallClock = moment.WallClock.AddDays(days) };
    }

    [Fact]
    public void A_board_that_comes_back_from_disk_has_games_as_old_as_they_were_before_the_wall_clock_was_set()
    {
        var board = Board(Given.Game(status: GameStatus.Final));
        var stop = Given.Now + (Day / 2);
        stop = stop with { WallClock = stop.WallClock.AddDays(10) };
        var again = new GameBoard(Given.Limits);

        again.Restore(board.Image(isFinal: true, stop), stop);

        Assert.Empty(again.Evict(stop + ((Day / 2) - TimeSpan.FromSeconds(1))));
        Assert.Single(again.Evict(stop + (Day / 2)));
    }

    [Fact]
    public void A_live_game_never_leaves_by_itself()
    {
        var board = Board(Given.Game(status: GameStatus.Live));

        Assert.Empty(board.Evict(Given.Now + (1000 * Day)));
        Assert.Equal(1, board.GameCount);
    }

    [Fact]
    public void Eviction_frees_room_for_games_and_outcomes()
    {
        var board = new GameBoard(Given.Limits with { MaxGames = 1, MaxOutcomes = 1 });
        board.Apply(Given.Seen(Given.Game("a", GameStatus.Final)), Given.Now);
        board.Apply(Given.Price(110m, game: "a"), Given.Now);

        board.Evict(Given.Now + Day);

        Assert.Equal(Verdict.Applied, board.Apply(Given.Seen(Given.Game("b")), Given.Now + Day).Verdict);
        Assert.Equal(Verdict.Applied, board.Apply(Given.Price(110m, game: "b"), Given.Now + Day).Verdict);
    }

    [Fact]
    public void Unchanged_observations_and_prices_keep_a_game_and_stale_ones_do_not()
    {
        var board = new GameBoard(Given.Limits);
        board.Apply(Given.Seen(Given.Game(status: GameStatus.Final), ts: 100), Given.Now);
        var later = Given.Now;

        Assert.Equal(Verdict.Unchanged, board.Apply(Given.Seen(Given.Game(status: GameStatus.Final), ts: 100), later += Day / 2).Verdict);
        Assert.Equal(Verdict.Applied, board.Apply(Given.Price(110m), later += Day / 2).Verdict);
        Assert.Empty(board.Evict(later));
        Assert.Equal(Verdict.Unchanged, board.Apply(Given.Price(110m), later += Day / 2).Verdict);
        Assert.Equal(Verdict.Stale, board.Apply(Given.Seen(Given.Game(status: GameStatus.Final), ts: 99), later + (Day / 2)).Verdict);

        Assert.Empty(board.Evict(later + (Day - TimeSpan.FromSeconds(1))));
        Assert.Single(board.Evict(later + Day));
    }

    [Fact]
    public void A_game_of_the_demo_leaves_after_the_retention_of_the_demo()
    {
        var board = new GameBoard(Given.Limits);
        board.Apply(Given.Seen(Given.Game("show", GameStatus.Final)), Given.Now, isDemo: true);
        board.Apply(Given.Seen(Given.Game("real", GameStatus.Final)), Given.Now);

        Assert.Empty(board.Evict(Given.Now + TimeSpan.FromMinutes(9)));
        Assert.Single(board.Evict(Given.Now + TimeSpan.FromMinutes(10)));

        Assert.NotNull(board.Find("real"));
    }

    [Fact]
    public void A_game_that_left_is_new_when_it_comes_back_and_seq_goes_on()
    {
        var board = Board(Given.Game(status: GameStatus.Final));
        board.Evict(Given.Now + Day);

        var result = board.Apply(Given.Seen(Given.Game(status: GameStatus.Final)), Given.Now + Day);

        Assert.Equal(2, Assert.IsType<NewGame>(Assert.Single(result.Events)).Seq);
    }

    private static GameBoard Board(Game game)
    {
        var board = new GameBoard(Given.Limits);
        board.Apply(Given.Seen(game), Given.Now);
        return board;
    }
}
