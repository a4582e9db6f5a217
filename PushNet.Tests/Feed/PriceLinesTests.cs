using System.Text;
using PushNet.Actors.Feed;
using PushNet.Actors.Games;

namespace PushNet.Tests.Feed;

/// <summary>What lines about prices may be (docs/feeding.md#a-price).</summary>
public sealed class PriceLinesTests
{
    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("0.0001")]
    [InlineData("1.91")]
    [InlineData("99.99")]
    [InlineData("-99.99")]
    public void A_price_that_no_american_odds_have_is_rejected_with_what_to_send_instead(string price)
    {
        var error = Error($"\"price\":{price}");

        Assert.StartsWith($"price {price} can't be American odds", error);
        Assert.Contains("null", error);
        Assert.Contains("\"decimal\"", error);
    }

    [Theory]
    [InlineData("\"price\":100", "100.0")]
    [InlineData("\"price\":-100", "-100.0")]
    [InlineData("\"price\":1e2", "100.0")]
    [InlineData("\"price\":220.50", "220.5")]
    [InlineData("\"price\":-100,\"decimal\":null", "-100.0")]
    [InlineData("\"decimal\":1.91", "-109.89")]
    [InlineData("\"decimal\":2", "100.0")]
    [InlineData("\"decimal\":2.0", "100.0")]
    [InlineData("\"decimal\":3.456", "245.6")]
    [InlineData("\"decimal\":1.001", "-100000.0")]
    [InlineData("\"decimal\":1.9999999", "-100.0")]
    [InlineData("\"decimal\":1000", "99900.0")]
    public void Prices_have_one_decimal_at_least_and_decimal_odds_become_american_ones_of_two_at_most(string fields, string price) =>
        Assert.Equal(price, Price(fields).Price.ToString());

    [Theory]
    [InlineData("\"price\":null")]
    [InlineData("\"decimal\":null")]
    public void Null_withdraws_in_either_notation(string fields) => Assert.Null(Price(fields).Price);

    [Theory]
    [InlineData("\"decimal\":1", "decimal 1 can't be decimal odds")]
    [InlineData("\"decimal\":0.5", "decimal 0.5 can't be decimal odds")]
    [InlineData("\"decimal\":-110", "decimal -110 can't be decimal odds")]
    [InlineData("\"decimal\":1.00000001", "decimal 1.00000001 can't be decimal odds")]
    [InlineData("\"decimal\":100000000", "decimal 100000000 can't be decimal odds")]
    [InlineData("\"decimal\":\"1.9\"", "decimal must be a number")]
    [InlineData("\"price\":-110,\"decimal\":1.91", "price and decimal are both there")]
    [InlineData("\"price\":null,\"decimal\":1.91", "price and decimal are both there")]
    [InlineData("\"points\":1", "price is missing")]
    [InlineData("\"price\":-110,\"reason\":\"settled\"", "reason says why an outcome is withdrawn")]
    [InlineData("\"price\":null,\"reason\":\"why\"", "reason is \"why\"; it must be \"suspended\" or \"settled\"")]
    [InlineData("\"price\":-110,\"main\":1", "main must be true, false or null")]
    [InlineData("\"price\":-110,\"rev\":1.5", "rev must be an integer or null")]
    public void What_is_wrong_is_said(string fields, string sentence) => Assert.StartsWith(sentence, Error(fields));

    [Fact]
    public void What_a_price_may_have_beside_is_read()
    {
        var withdrawn = Price("\"price\":null,\"reason\":\"suspended\",\"rev\":-7");
        var main = Price("\"price\":-110,\"reason\":null,\"main\":true");

        Assert.Equal((WithdrawalReason.Suspended, Rev.OfSource(-7)), (withdrawn.Reason, withdrawn.Rev));
        Assert.Equal((null, true, Rev.None), (main.Reason, main.IsMain, main.Rev));
    }

    [Fact]
    public void A_withdrawal_names_what_it_is_about()
    {
        var all = Assert.IsType<WithdrawObservation>(Parse("""{"type":"withdraw","game_id":"g1"}""").Observation);
        var some = Assert.IsType<WithdrawObservation>(Parse(
            """{"type":"withdraw","game_id":"g1","book":"b","pn_market_type":"m","reason":"settled","ts":1700000000000}""").Observation);

        Assert.Equal(new WithdrawObservation("g1"), all);
        Assert.Equal(
            new WithdrawObservation("g1") { Book = "b", MarketType = "m", Reason = WithdrawalReason.Settled, Ts = 1_700_000_000_000 },
            some);
        Assert.Equal("game_id is missing or empty", Parse("""{"type":"withdraw"}""").Error);
    }

    [Fact]
    public void The_number_that_a_message_has_by_itself_stands_in_for_one_that_its_line_lacks()
    {
        var sequence = Rev.OfStream(12, 34);
        const string line = """{"type":"price","game_id":"g1","pn_market_type":"m","book":"b","outcome":"o","price":-110""";

        Assert.Equal(sequence, FeedParser.Parse(new FeedLine(1, Encoding.UTF8.GetBytes($"{line}}}"), Rev: sequence)).Observation!.Rev);
        Assert.Equal(
            Rev.OfSource(5),
            FeedParser.Parse(new FeedLine(1, Encoding.UTF8.GetBytes($"{line},\"rev\":5}}"), Rev: sequence)).Observation!.Rev);
    }

    private static PriceObservation Price(string fields) => Assert.IsType<PriceObservation>(Parse(Line(fields)).Observation);

    private static string Error(string fields) => Parse(Line(fields)).Error ?? throw new InvalidOperationException("the line is taken");

    private static string Line(string fields) =>
        $$"""{"type":"price","game_id":"g1","pn_market_type":"moneyline","book":"b","outcome":"home",{{fields}}}""";

    private static ParsedLine Parse(string line) => FeedParser.Parse(new FeedLine(1, Encoding.UTF8.GetBytes(line)));
}
