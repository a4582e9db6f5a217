using PushNet.Actors.Games;

namespace PushNet.Tests.Games;

public class GameBoardRemovalTests
{
    private readonly GameBoard _board = new(Given.Limits);

    [Fact]
    public void A_live_game_ends_before_it_leaves()
    {
        _board.Apply(Given.Seen(Given.Game()), Given.Now);
        _board.Apply(Given.Price(110m), Given.Now);
        var (seq, version) = (_board.Seq, _board.GamesVersion);

        var removed = _board.Remove(Given.Game().GameId, Given.Now);

        Assert.Equal(
            [EventKind.StatusChange, EventKind.GameFinal, EventKind.GameRemoved], removed.Events.Select(one => one.Kind));
        Assert.Equal([new(seq + 1), new(seq + 2), new Place(seq + 2, 1)], removed.Events.Select(one => one.Place));
        Assert.All(removed.Events.SkipLast(1), one => Assert.Equal(GameStatus.Final, one.Game.Status));
        Assert.Equal((seq + 2, 0, 0), (_board.Seq, _board.GameCount, _board.OutcomeCount));
        Assert.NotEqual(version, _board.GamesVersion);
        Assert.Equal(EventKind.NewGame, _board.Apply(Given.Seen(Given.Game()), Given.Now).Events[0].Kind);
    }

    [Fact]
    public void Another_game_just_leaves_and_an_unknown_one_is_an_error()
    {
        _board.Apply(Given.Seen(Given.Game() with { Status = GameStatus.Final }), Given.Now);

        var removed = Assert.IsType<RemovedGame>(Assert.Single(_board.Remove(Given.Game().GameId, Given.Now).Events));
        Assert.Equal(new Place(1, 1), removed.Place);
        Assert.Equal(Verdict.Rejected, _board.Remove(Given.Game().GameId, Given.Now).Verdict);
    }

    [Fact]
    public void Inspecting_shows_what_was_withdrawn_and_the_marks()
    {
        _board.Apply(Given.Seen(Given.Game(), ts: 100), Given.Now);
        _board.Apply(Given.Price(110m), Given.Now);
        _board.Apply(Given.Price(null), Given.Now);

        var game = _board.Inspect(Given.Game().GameId)!;

        Assert.Equal((100L, false, Given.Now.WallClock), (game.Mark, game.IsDemo, game.LastAccepted));
        Assert.Null(Assert.Single(game.Outcomes).Price);
        Assert.Null(_board.Inspect("nobody"));
    }
}
