namespace PushNet.Actors.Feed.Demo;

/// <summary>
/// All books' offers on one game. The books are asked one market at a time, so that prices come as a stream and not in bursts. Soon
/// after a score, every book moves every market. Otherwise one market drifts here and one there.
/// </summary>
internal sealed class OddsDesk(Random random)
{
    private const double Noise = 0.006;
    private static readonly TimeSpan Reaction = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Drift = TimeSpan.FromSeconds(0.9);
    private static readonly (Book Book, string Market)[] Pages =
        [.. from book in Book.All from market in (string[])["moneyline", "spreads", "totals"] select (book, market)];

    private readonly Dictionary<(Book Book, string Market), PriceQuote[]> _offers = [];
    private readonly Queue<(Book Book, string Market)> _toReview = new();

    /// <summary>Makes every book look at its prices again soon.</summary>
    public void Review()
    {
        var pages = Pages.ToArray();
        random.Shuffle(pages);
        _toReview.Clear();
        foreach (var page in pages)
            _toReview.Enqueue(page);
    }

    /// <summary>How long until the next book moves.</summary>
    public TimeSpan Pause() => (_toReview.Count > 0 ? Reaction : Drift) * (0.5 + random.NextDouble());

    /// <summary>One book prices one market again.</summary>
    /// <returns>What changed: withdrawals first, when the points moved.</returns>
    public IReadOnlyList<PriceQuote> Move(OddsModel model)
    {
        var page = _toReview.TryDequeue(out var waiting) ? waiting : Pages[random.Next(Pages.Length)];
        var before = _offers.GetValueOrDefault(page, []);
        var now = Quotes(page.Book, page.Market, model.Lean(page.Book.Lean), before);
        _offers[page] = now;
        var moved = before.Length > 0 && before[0].Points != now[0].Points;
        return [.. moved ? before.Select(Withdrawn) : [], .. now.Except(before)];
    }

    /// <summary>Withdraws everything.</summary>
    public IReadOnlyList<PriceQuote> Close()
    {
        PriceQuote[] withdrawn = [.. _offers.Values.SelectMany(quotes => quotes).Select(Withdrawn)];
        _offers.Clear();
        _toReview.Clear();
        return withdrawn;
    }

    private static PriceQuote Withdrawn(PriceQuote quote) => quote with { Price = null };

    private PriceQuote[] Quotes(Book book, string market, OddsModel model, PriceQuote[] before)
    {
        decimal? old = before is [var first, ..] ? first.Points : null;
        if (market is "spreads")
        {
            var points = Keep(old, -model.Margin, model.Sport.Tolerance) ?? model.HomePoints;
            return [Quote("home", points, model.HomeCovers(points)), Quote("away", -points, 1 - model.HomeCovers(points))];
        }

        if (market is "totals")
        {
            // A total that has been reached is decided, however near it is to the expected one.
            var points = old < model.Scored ? model.TotalPoints : Keep(old, model.Total, model.Sport.Tolerance) ?? model.TotalPoints;
            return [Quote("over", points, model.Over(points)), Quote("under", points, 1 - model.Over(points))];
        }

        PriceQuote[] sides = [Quote("home", null, model.HomeWins), Quote("away", null, model.AwayWins)];
        return model.Sport.HasDraw ? [.. sides, Quote("draw", null, model.Draw)] : sides;

        PriceQuote Quote(string outcome, decimal? points, double probability) =>
            new(market, book.Code, outcome, points,
                OddsModel.American((probability * (1 + book.Margin)) + (Noise * ((2 * random.NextDouble()) - 1))));
    }

    private static decimal? Keep(decimal? points, double expected, double tolerance) =>
        points is { } p && Math.Abs((double)p - expected) <= tolerance ? p : null;
}
