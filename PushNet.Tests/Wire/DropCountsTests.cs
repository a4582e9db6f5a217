using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Wire;

public sealed class DropCountsTests
{
    [Fact]
    public void Nothing_dropped_is_zero_of_everything()
    {
        Assert.Equal((0L, 0L, 0L), (DropCounts.None.Total, DropCounts.None.NewestSeq, DropCounts.None.NewestState.Seq));
        Assert.All(Enum.GetValues<EventKind>(), kind => Assert.Equal(0, DropCounts.None[kind]));
    }

    [Fact]
    public void Plus_counts_by_kind_and_keeps_the_newest()
    {
        var counts = DropCounts.None
            .Plus([Given.Event(7), Given.Event(9, EventKind.ScoreChange), Given.Event(12)])
            .Plus([Given.Event(8, EventKind.GameFinal), Given.Event(3)]);

        Assert.Equal((5L, 12L, 9L), (counts.Total, counts.NewestSeq, counts.NewestState.Seq));
        Assert.Equal((3L, 1L, 1L), (counts[EventKind.PriceChange], counts[EventKind.ScoreChange], counts[EventKind.GameFinal]));
    }

    [Fact]
    public void Plus_leaves_the_counts_before_as_they_were()
    {
        var before = DropCounts.None.Plus([Given.Event(1)]);

        before.Plus([Given.Event(2)]);

        Assert.Equal((1L, 1L), (before.Total, before.NewestSeq));
    }

    [Fact]
    public void Since_is_what_came_on_top()
    {
        var earlier = DropCounts.None.Plus([Given.Event(1), Given.Event(2, EventKind.NewGame)]);
        var later = earlier.Plus([Given.Event(5), Given.Event(6)]);

        var since = later.Since(earlier);

        Assert.Equal((2L, 2L, 0L, 6L), (since.Total, since[EventKind.PriceChange], since[EventKind.NewGame], since.NewestSeq));
        Assert.Equal(0, since.NewestState.Seq);
    }

    [Fact]
    public void Since_names_the_newest_state_event_when_one_came_on_top()
    {
        var earlier = DropCounts.None.Plus([Given.Event(2, EventKind.NewGame)]);

        Assert.Equal(4, earlier.Plus([Given.Event(4, EventKind.NewGame)]).Since(earlier).NewestState.Seq);
    }
}
