using PushNet.Actors.Games;

namespace PushNet.Tests.Games;

/// <summary>Outcomes that are withdrawn together, and what a withdrawal says.</summary>
public sealed class WithdrawalTests
{
    private readonly GameBoard _board = new(Given.Limits);

    public WithdrawalTests()
    {
        Apply(Given.Seen(Given.Game()));
        Apply(Price("moneyline", "a", "home"));
        Apply(Price("moneyline", "b", "home"));
        Apply(Price("spreads", "a", "home"));
        Apply(Price("spreads", "a", "away", null));
    }

    [Theory]
    [InlineData(null, null, 3)]
    [InlineData("a", null, 2)]
    [InlineData(null, "moneyline", 2)]
    [InlineData("b", "moneyline", 1)]
    public void All_that_match_are_withdrawn_by_one_observation(string? book, string? market, int count)
    {
        var seq = _board.Seq;

        var result = Apply(new WithdrawObservation("g1")
        {
            Book = book,
            MarketType = market,
            Reason = WithdrawalReason.Suspended,
            Ts = 9,
        });

        var changes = result.Events.Cast<PriceChange>().ToList();
        Assert.Equal((Verdict.Applied, count), (result.Verdict, changes.Count));
        Assert.Equal(Enumerable.Range(1, count).Select(i => seq + i), changes.Select(change => change.Seq));
        Assert.All(changes, change => Assert.Equal(
            (110m, null, WithdrawalReason.Suspended, 9L), (change.OldPrice, change.NewPrice, change.Reason, change.Ts)));
        Assert.Equal(3 - count, _board.MarketsOf("g1").Sum(outcomes => outcomes.Count()));
        Assert.Equal(Verdict.Unchanged, Apply(new WithdrawObservation("g1") { Book = book, MarketType = market, Ts = 9 }).Verdict);
    }

    [Fact]
    public void An_outcome_that_was_seen_later_stays_and_an_older_price_does_not_come_back()
    {
        Apply(Price("moneyline", "b", "home", 120m, ts: 20));

        var result = Apply(new WithdrawObservation("g1") { MarketType = "moneyline", Ts = 10 });

        Assert.Equal("a", Assert.IsType<PriceChange>(Assert.Single(result.Events)).Key.Book);
        Assert.Equal(Verdict.Stale, Apply(Price("moneyline", "a", "home", 130m, ts: 9)).Verdict);
        Assert.Equal(Verdict.Stale, Apply(new WithdrawObservation("g1") { Book = "b", Ts = 19 }).Verdict);
    }

    [Fact]
    public void Nothing_that_matches_changes_nothing_and_an_unknown_game_is_an_error()
    {
        Assert.Equal(Verdict.Unchanged, Apply(new WithdrawObservation("g1") { Book = "none" }).Verdict);
        Assert.Equal("game g9 is not known; send its game observation first", Apply(new WithdrawObservation("g9")).Error);
    }

    [Fact]
    public void A_single_price_may_say_why_it_is_withdrawn_too()
    {
        var change = Assert.IsType<PriceChange>(Assert.Single(
            Apply(Price("moneyline", "a", "home", null) with { Reason = WithdrawalReason.Settled }).Events));

        Assert.Equal(WithdrawalReason.Settled, change.Reason);
    }

    private static PriceObservation Price(string market, string book, string outcome, decimal? price = 110m, long? ts = null) =>
        new("g1", new OutcomeKey(market, book, outcome, null), price, null) { Ts = ts };

    private ApplyResult Apply(Observation observation) => _board.Apply(observation, Given.Now);
}
