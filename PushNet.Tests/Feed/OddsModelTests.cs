using CsCheck;
using PushNet.Actors.Feed.Demo;

namespace PushNet.Tests.Feed;

public sealed class OddsModelTests
{
    private static readonly string[] Categories = ["soccer", "basketball", "football", "hockey", "baseball"];
    private static readonly Gen<OddsModel> Models = Gen.Select(
        Gen.Int[0, Categories.Length - 1], Gen.Int[0, 120], Gen.Int[0, 120], Gen.Double[0.01, 1],
        (sport, home, away, left) => OddsModel.At(Sport.Of(Categories[sport]), home, away, left));

    // Close by construction: so few of all games are close that CsCheck gives up looking for one now and then.
    private static readonly Gen<OddsModel> CloseModels = Gen.Select(
        Gen.Int[0, Categories.Length - 1], Gen.Int[2, 120], Gen.Int[-2, 2], Gen.Double[0.01, 1],
        (sport, home, lead, left) => OddsModel.At(Sport.Of(Categories[sport]), home, home - lead, left))
        .Where(model => Math.Abs(model.HomeWins - 0.5) < 0.3);

    [Theory]
    [InlineData("soccer")]
    [InlineData("basketball")]
    [InlineData("football")]
    [InlineData("hockey")]
    [InlineData("baseball")]
    public void Whoever_leads_is_favoured_and_the_more_so_the_less_time_is_left(string category)
    {
        var sport = Sport.Of(category);
        var early = OddsModel.At(sport, 5, 4, 0.8);
        var late = OddsModel.At(sport, 5, 4, 0.1);
        var behind = OddsModel.At(sport, 4, 5, 0.1);

        Assert.True(early.HomeWins > early.AwayWins);
        Assert.True(late.HomeWins > early.HomeWins);
        Assert.True(behind.HomeWins < behind.AwayWins);
    }

    [Fact]
    public void Only_soccer_can_be_drawn_and_a_tie_is_when_time_is_up()
    {
        Assert.Equal(0, OddsModel.At(Sport.Of("basketball"), 80, 80, 0.01).Draw, 9);
        Assert.True(OddsModel.At(Sport.Of("soccer"), 1, 1, 0.02).Draw > 0.9);
        Assert.InRange(OddsModel.At(Sport.Of("soccer"), 0, 0, 1).Draw, 0.15, 0.35);
    }

    [Fact]
    public void Probabilities_are_probabilities() =>
        Models.Sample(model =>
        {
            Assert.All([model.HomeWins, model.AwayWins, model.Draw, model.HomeCovers(model.HomePoints), model.Over(model.TotalPoints)],
                p => Assert.InRange(p, -1e-6, 1 + 1e-6));
            Assert.InRange(Math.Abs(model.HomePoints % 1), 0.5m, 0.5m);
            Assert.True(model.TotalPoints > model.Scored);
        });

    [Fact]
    public void Every_probability_has_legal_American_odds() =>
        Gen.Double[-1, 2].Sample(p =>
        {
            var odds = OddsModel.American(p);
            Assert.InRange(Math.Abs(odds), 100, 10_000);
            Assert.Equal(Math.Clamp(p, 0.02, 0.98) < 0.5, odds > 0);
        });

    [Theory]
    [InlineData(0.5, -100)]
    [InlineData(0.6, -150)]
    [InlineData(0.25, 300)]
    public void American_odds_are_those_of_the_books(double probability, int odds) =>
        Assert.Equal(odds, OddsModel.American(probability));

    [Fact]
    public void Eight_books_or_more_quote_every_market_of_a_game()
    {
        var desk = new OddsDesk(new Random(1));
        var quotes = Settle(desk, OddsModel.At(Sport.Of("soccer"), 0, 0, 1));

        Assert.True(quotes.Select(quote => quote.Book).Distinct().Count() >= 8);
        Assert.All(quotes.GroupBy(quote => quote.Book), book => Assert.Equal(
            ["moneyline:away", "moneyline:draw", "moneyline:home", "spreads:away", "spreads:home", "totals:over", "totals:under"],
            book.Select(quote => $"{quote.Market}:{quote.Outcome}").Order()));
    }

    [Fact]
    public void Every_book_keeps_a_margin() =>
        CloseModels.Sample(model =>
        {
            var quotes = Settle(new OddsDesk(new Random(1)), model);
            Assert.All(quotes.GroupBy(quote => (quote.Book, quote.Market)),
                market => Assert.InRange(market.Sum(quote => Implied(quote.Price!.Value)), 1.0, 1.12));
        });

    [Fact]
    public void A_goal_moves_every_book_towards_the_scorer()
    {
        var desk = new OddsDesk(new Random(1));
        var before = Settle(desk, OddsModel.At(Sport.Of("soccer"), 0, 0, 0.5));
        var after = Settle(desk, OddsModel.At(Sport.Of("soccer"), 0, 1, 0.5));

        Assert.All(Book.All, book => Assert.True(Implied(Price(after, book)) > Implied(Price(before, book))));

        static decimal Price(List<PriceQuote> quotes, Book book) =>
            quotes.Single(quote => quote.Book == book.Code && quote.Market is "moneyline" && quote.Outcome is "away").Price!.Value;
    }

    [Fact]
    public void Between_scores_prices_drift_a_little()
    {
        var desk = new OddsDesk(new Random(1));
        var model = OddsModel.At(Sport.Of("hockey"), 1, 1, 0.5);
        Settle(desk, model);

        var drift = Enumerable.Range(0, 100).Select(_ => desk.Move(model)).ToList();

        Assert.All(drift, move => Assert.True(move.Count <= 2));
        Assert.InRange(drift.Sum(move => move.Count), 50, 200);
    }

    [Fact]
    public void Points_stay_while_the_expectation_is_near_them()
    {
        var desk = new OddsDesk(new Random(1));
        var before = Totals(Settle(desk, OddsModel.At(Sport.Of("soccer"), 1, 1, 0.40)));
        var after = Totals(Settle(desk, OddsModel.At(Sport.Of("soccer"), 1, 1, 0.35)));

        Assert.Equal([3.5m], before);
        Assert.Equal([3.5m], after);
        Assert.Equal(2.5m, OddsModel.At(Sport.Of("soccer"), 1, 1, 0.35).TotalPoints);
    }

    [Fact]
    public void A_total_that_is_reached_is_offered_no_more()
    {
        var desk = new OddsDesk(new Random(1));
        var before = Totals(Settle(desk, OddsModel.At(Sport.Of("soccer"), 1, 1, 0.1)));
        var after = Totals(Settle(desk, OddsModel.At(Sport.Of("soccer"), 2, 1, 0.1)));

        Assert.Equal([2.5m], before);
        Assert.Equal([3.5m], after);
    }

    [Fact]
    public void Whatever_happens_points_are_withdrawn_before_new_ones_and_in_the_end_nothing_is_left()
    {
        Gen.Select(Models.Array[1, 8], Gen.Int[0, 1000]).Sample((models, seed) =>
        {
            var desk = new OddsDesk(new Random(seed));
            var sport = models[0].Sport;
            var offers = new Dictionary<PriceQuote, decimal>();
            foreach (var model in models.Select(model => model with { Sport = sport }))
            {
                desk.Review();
                for (var move = 0; move < 40; move++)
                    Take(offers, desk.Move(model));
            }

            Take(offers, desk.Close());
            Assert.Empty(offers);
            Assert.Empty(desk.Close());
        });

        static void Take(Dictionary<PriceQuote, decimal> offers, IReadOnlyList<PriceQuote> quotes)
        {
            foreach (var quote in quotes)
            {
                var key = quote with { Price = null };
                if (quote.Price is not { } price)
                {
                    Assert.True(offers.Remove(key), $"Withdrawn without being offered: {key}");
                    continue;
                }

                Assert.True(Math.Abs(price) >= 100);
                Assert.DoesNotContain(offers.Keys, other => other.Book == key.Book && other.Market == key.Market
                    && other.Outcome == key.Outcome && other.Points != key.Points);
                Assert.False(offers.TryGetValue(key, out var old) && old == price, $"Offered again unchanged: {quote}");
                offers[key] = price;
            }
        }
    }

    private static List<PriceQuote> Settle(OddsDesk desk, OddsModel model)
    {
        desk.Review();
        return [.. Enumerable.Range(0, Book.All.Count * 3).SelectMany(_ => desk.Move(model)).Where(quote => quote.Price is not null)];
    }

    private static IEnumerable<decimal?> Totals(List<PriceQuote> quotes) =>
        quotes.Where(quote => quote.Market is "totals").Select(quote => quote.Points).Distinct();

    private static double Implied(decimal odds) => odds > 0 ? 100 / (100 + (double)odds) : (double)-odds / (100 - (double)odds);
}
