using System.Globalization;

namespace PushNet.Actors.Feed;

/// <summary>Prices as American odds: what a stake of 100 wins or, below zero, the stake that wins 100. Pure.</summary>
internal static class AmericanOdds
{
    private const decimal Stake = 100;
    private const decimal EvenInDecimal = 2;
    private const string Instead = "send null when the outcome is withdrawn";

    /// <summary>Lets through what can be American odds.</summary>
    public static decimal Checked(decimal price) => Math.Abs(price) >= Stake ? price : throw new FieldException(string.Create(
        CultureInfo.InvariantCulture,
        $"price {price} can't be American odds, which are -100 or less, or 100 or more; {Instead}, and \"decimal\" in place of price for "
            + $"decimal odds"));

    /// <summary>Converts decimal odds, and rounds to two decimals.</summary>
    public static decimal OfDecimal(decimal odds)
    {
        var price = odds <= 1 ? 0
            : odds < EvenInDecimal ? -Stake / (odds - 1)
            : Stake * (odds - 1);
        return Math.Abs(price) is >= Stake and <= FeedParser.MaxNumber
            ? Math.Round(price, 2, MidpointRounding.AwayFromZero)
            : throw new FieldException(string.Create(
                CultureInfo.InvariantCulture,
                $"decimal {odds} can't be decimal odds, which are more than 1 and at most 10000001; {Instead}"));
    }
}
