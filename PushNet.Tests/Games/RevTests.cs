using PushNet.Actors.Games;

namespace PushNet.Tests.Games;

/// <summary>Observations of one <c>ts</c> that have numbers.</summary>
public sealed class RevTests
{
    private readonly GameBoard _board = new(Given.Limits);

    [Fact]
    public void What_is_sent_again_takes_no_goal_back()
    {
        Seen(0, Rev.OfSource(1));
        Seen(1, Rev.OfSource(2));

        Assert.Equal(Verdict.Stale, Seen(0, Rev.OfSource(1)));
        Assert.Equal(Verdict.Unchanged, Seen(1, Rev.OfSource(2)));
        Assert.Equal(1, _board.Find("g1")!.Scores.ScoreHome);
    }

    [Fact]
    public void Without_it_the_last_one_to_come_counts()
    {
        Seen(0, Rev.None);
        Seen(1, Rev.None);

        Assert.Equal(Verdict.Applied, Seen(0, Rev.None));
    }

    [Fact]
    public void It_is_compared_only_among_equal_times_and_where_both_have_one()
    {
        Seen(1, Rev.OfSource(9));

        Assert.Equal(Verdict.Applied, Seen(2, Rev.None));
        Assert.Equal(Verdict.Stale, Seen(3, Rev.OfSource(8)));
        Assert.Equal(Verdict.Applied, Seen(4, Rev.OfSource(8), ts: 6));
        Assert.Equal(Verdict.Stale, Seen(5, Rev.OfSource(99), ts: 5));
        Assert.Equal(Verdict.Applied, Seen(6, Rev.OfSource(8), ts: 6));
    }

    [Fact]
    public void Sequences_count_within_one_stream_only_and_not_against_what_sources_give()
    {
        Seen(1, Rev.OfStream(9, stream: 77));

        Assert.Equal(Verdict.Stale, Seen(2, Rev.OfStream(8, stream: 77)));
        Assert.Equal(Verdict.Applied, Seen(3, Rev.OfStream(8, stream: 78)));
        Assert.Equal(Verdict.Applied, Seen(4, Rev.OfSource(1)));
        Assert.False(Rev.OfStream(1, stream: 1).IsBefore(Rev.OfSource(2)));
        Assert.True(Rev.OfStream(1, stream: 0).IsThere);
    }

    [Fact]
    public void Prices_have_it_too()
    {
        Seen(0, Rev.None);
        _board.Apply(Given.Price(110m, ts: 5) with { Rev = Rev.OfSource(1) }, Given.Now);
        _board.Apply(Given.Price(null, ts: 5) with { Rev = Rev.OfSource(2) }, Given.Now);

        Assert.Equal(
            Verdict.Stale, _board.Apply(Given.Price(110m, ts: 5) with { Rev = Rev.OfSource(1) }, Given.Now).Verdict);
    }

    private Verdict Seen(int home, Rev rev, long ts = 5) =>
        _board.Apply(Given.Seen(Given.Game(scores: Given.Scores(home)), ts) with { Rev = rev }, Given.Now).Verdict;
}
