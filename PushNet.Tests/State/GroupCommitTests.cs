using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.State;

namespace PushNet.Tests.State;

public sealed class GroupCommitTests
{
    private readonly FakeTimeProvider _time = new(Given.Now.WallClock);
    private readonly GameBoard _board = new(Given.Limits);
    private readonly UnwrittenChanges _changes = new();
    private readonly GroupCommit<string> _commit;

    public GroupCommitTests() => _commit = new GroupCommit<string>(_changes, TimeSpan.FromMilliseconds(10), _time);

    [Fact]
    public void What_is_touched_twice_is_written_once_as_it_is_then()
    {
        Observe(Given.Seen(Given.Game(), ts: 1), Given.Price(100m, ts: 1), Given.Price(101m, ts: 2));

        var change = Assert.Single(_commit.Begin(_board).Games);

        Assert.Equal(("g1", 101m), (change.GameId, Assert.Single(change.Outcomes).Outcome!.Price));
        Assert.NotNull(change.State);
        Assert.False(_commit.IsNeeded(_board.Seq));
    }

    [Fact]
    public void A_price_does_not_write_its_game_again()
    {
        Observe(Given.Seen(Given.Game()));
        _commit.Begin(_board);
        _commit.End();

        Observe(Given.Price(100m));

        Assert.Null(Assert.Single(_commit.Begin(_board).Games).State);
    }

    [Fact]
    public void A_game_that_left_is_written_as_removed()
    {
        Observe(Given.Seen(Given.Game()), Given.Price(100m));
        _changes.Remove("g1");

        var entry = _commit.Begin(_board);

        Assert.Equal("g1", Assert.Single(entry.Removed));
        Assert.Empty(entry.Games);
    }

    [Fact]
    public void Each_is_told_of_the_commit_that_holds_what_it_waits_for()
    {
        _commit.Await("first");
        _commit.Begin(_board);
        _commit.Await("second");

        Assert.True(_commit.IsUnderWay);
        Assert.Equal("first", Assert.Single(_commit.End()));
        Assert.False(_commit.IsUnderWay);
        Assert.Empty(_commit.End());
        _commit.Begin(_board);
        Assert.Equal("second", Assert.Single(_commit.End()));
    }

    [Fact]
    public void After_a_failure_all_who_wait_are_there_in_order_and_nothing_is_to_be_written()
    {
        Observe(Given.Seen(Given.Game()));
        _commit.Await("first");
        _commit.Begin(_board);
        Observe(Given.Seen(Given.Game("g2")));
        _commit.Await("second");

        Assert.Equal((IEnumerable<string>)["first", "second"], _commit.Abandon());

        Assert.Equal((false, false), (_commit.IsUnderWay, _commit.IsNeeded(_board.Seq)));
        Assert.Empty(_commit.Abandon());
    }

    [Fact]
    public void What_leaves_before_the_board_is_read_back_is_not_removed_from_it()
    {
        _changes.Remove("g1");

        _commit.StartOver(seq: 7);

        Assert.False(_commit.IsNeeded(7));
        Assert.Empty(_commit.Begin(_board).Removed);
    }

    [Fact]
    public void Numbers_alone_are_written_long_before_a_later_start_could_give_them_again()
    {
        _commit.StartOver(seq: 7);

        Assert.False(_commit.IsNeeded(7 + (BoardFold.SeqJump / 2) - 1));
        Assert.True(_commit.IsNeeded(7 + (BoardFold.SeqJump / 2)));
    }

    [Fact]
    public void Commits_begin_no_closer_together_than_the_interval()
    {
        Assert.True(_commit.Wait <= TimeSpan.Zero);
        _commit.Begin(_board);

        _time.Advance(TimeSpan.FromMilliseconds(4));

        Assert.Equal((4.0, 6.0), (_commit.Age.TotalMilliseconds, _commit.Wait.TotalMilliseconds));
    }

    [Fact]
    public void What_was_written_counts_until_the_next_snapshot()
    {
        Observe(Given.Seen(Given.Game()), Given.Price(100m), Given.Price(100m, "Away"));
        _commit.Begin(_board);
        Assert.Equal(3, _changes.Written);

        _changes.SnapshotTaken();
        Assert.Equal(0, _changes.Written);
    }

    private void Observe(params Observation[] observations)
    {
        foreach (var observation in observations)
        {
            _board.Apply(observation, Given.Now);
            _changes.Touch(observation);
        }
    }
}
