using PushNet.Actors.Games;

namespace PushNet.Tests.Games;

/// <summary>The main line among several.</summary>
public sealed class MainLineTests
{
    private readonly GameBoard _board = new(Given.Limits);

    public MainLineTests() => Apply(Given.Seen(Given.Game()));

    [Fact]
    public void A_change_of_it_alone_is_a_price_change_of_equal_prices()
    {
        Assert.True(Change(Given.Price(110m, ts: 5) with { IsMain = true }).IsMain);

        var change = Change(Given.Price(110m, ts: 6));

        Assert.Equal((110m, 110m, false, true, 6L), (change.OldPrice, change.NewPrice, change.IsMain, change.WasMain, change.Ts));
        Assert.Equal(new Outcome(change.Key, 110m, null, 6), Assert.Single(Assert.Single(_board.MarketsOf("g1"))));
        Assert.Equal(Verdict.Unchanged, Apply(Given.Price(110m, ts: 6)).Verdict);
    }

    [Fact]
    public void It_means_nothing_without_a_price()
    {
        Change(Given.Price(110m));

        Assert.False(Change(Given.Price(null) with { IsMain = true }).IsMain);
        Assert.Equal(Verdict.Unchanged, Apply(Given.Price(null) with { IsMain = true }).Verdict);
    }

    private PriceChange Change(Observation observation) => Assert.IsType<PriceChange>(Assert.Single(Apply(observation).Events));

    private ApplyResult Apply(Observation observation) => _board.Apply(observation, Given.Now);
}
