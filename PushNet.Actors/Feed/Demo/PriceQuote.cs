namespace PushNet.Actors.Feed.Demo;

/// <summary>What a book offers on one outcome, or that it takes the offer back.</summary>
/// <param name="Market">Market type: <c>moneyline</c>, <c>spreads</c> or <c>totals</c>.</param>
/// <param name="Book">Code of the book.</param>
/// <param name="Outcome">The side.</param>
/// <param name="Points">Handicap or total; null on the moneyline.</param>
/// <param name="Price">American odds; null withdraws.</param>
internal readonly record struct PriceQuote(string Market, string Book, string Outcome, decimal? Points, decimal? Price);
