using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

public sealed class SubscriptionQueryTests
{
    [Fact]
    public void No_query_but_the_key_asks_for_everything() =>
        Assert.Equal(Subscription.Everything, Read(PushChannel.Odds, "?key=abc").Subscription);

    [Theory]
    [InlineData("?compress=off")]
    [InlineData("?key=abc&compress=off")]
    public void Compression_is_turned_off_without_asking_for_anything_else(string query)
    {
        Assert.Equal(Subscription.Everything, Read(PushChannel.Live, query).Subscription);
        Assert.Equal(Subscription.Everything, Read(PushChannel.Odds, query).Subscription);
    }

    [Fact]
    public void Values_are_separated_by_commas_or_come_in_keys_of_their_own()
    {
        var expected = Given.Filtered(new EventFilter
        {
            League = AnyOf.The("nba", "nfl"),
            Sport = AnyOf.The("basketball"),
            Game = AnyOf.The("g 1", "nba-a-b"),
            Book = AnyOf.The("dk"),
            Market = AnyOf.The("points", "moneyline"),
        });

        Assert.Equal(expected, Read(PushChannel.Odds,
            "?league=nfl,nba&sport=basketball&game=g%201,%20nba-a-b&book=dk&market=points&market=moneyline").Subscription);
    }

    [Theory]
    [InlineData("sr:match:1\\,2", "sr:match:1,2")]
    [InlineData("sr%3Amatch%3A1%5C%2C2", "sr:match:1,2")]
    [InlineData("a%2Cb", "a|b")]
    [InlineData("a\\\\,b", "a\\|b")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("a\\", "a\\")]
    [InlineData(" a b ", "a b")]
    [InlineData("\\ 77\\ ", " 77 ")]
    [InlineData("%20%5C%2077%5C%20%20,78", " 77 |78")]
    [InlineData("a\\,", "a,")]
    [InlineData("a&game=b%5C,c", "a|b,c")]
    [InlineData("a%5C&game=b", "a\\|b")]
    public void A_backslash_makes_a_comma_a_backslash_or_a_space_part_of_a_value(string value, string expected) =>
        Assert.Equal(
            Given.Filtered(new EventFilter { Game = AnyOf.The(expected.Split('|')) }),
            Read(PushChannel.Odds, $"?game={value}").Subscription);

    [Theory]
    [InlineData("50", 50)]
    [InlineData("10000", 10_000)]
    public void Conflation_is_asked_for_in_milliseconds(string value, int ms) =>
        Assert.Equal(Given.Conflated(ms), Read(PushChannel.Odds, $"?conflate={value}").Subscription);

    [Fact]
    public void Prices_in_snapshots_are_asked_for_by_name() =>
        Assert.Equal(Given.Priced, Read(PushChannel.Odds, "?prices=snapshot").Subscription);

    [Fact]
    public void All_games_are_asked_for_on_both_channels() => Assert.All(
        [PushChannel.Live, PushChannel.Odds],
        channel => Assert.Equal(Subscription.Everything with { Extras = Extras.AllGames }, Read(channel, "?games=all").Subscription));

    [Theory]
    [InlineData("live", "?leage=nba",
        "\"leage\" is not a query key of /ws/live; there are: key, league, sport, game, games, compress, details")]
    [InlineData("odds", "?League=nba",
        "\"League\" is not a query key of /ws/odds; there are: key, league, sport, game, games, book, market, "
        + "conflate, prices, compress, details")]
    [InlineData("live", "?games=live", "\"games\" is \"live\"; it can only be \"all\"")]
    [InlineData("odds", "?league=", "\"league\" has an empty value")]
    [InlineData("odds", "?league", "\"league\" has an empty value")]
    [InlineData("odds", "?market=a,,b", "\"market\" has an empty value")]
    [InlineData("odds", "?game=a,", "\"game\" has an empty value")]
    [InlineData("odds", "?game=a&game=", "\"game\" has an empty value")]
    [InlineData("live", "?book=dk", "\"book\" is about prices, which /ws/live does not carry; connect to /ws/odds")]
    [InlineData("live", "?market=points", "\"market\" is about prices")]
    [InlineData("odds", "?conflate=49", "\"conflate\" is \"49\"; it must be one whole number of milliseconds from 50 to 10000")]
    [InlineData("odds", "?conflate=10001", "\"conflate\" is \"10001\"")]
    [InlineData("odds", "?conflate=", "\"conflate\" is \"\"")]
    [InlineData("odds", "?conflate=2e2", "\"conflate\" is \"2e2\"")]
    [InlineData("odds", "?conflate=+250", "\"conflate\" is \" 250\"")]
    [InlineData("odds", "?conflate=250&conflate=250", "\"conflate\" is \"250,250\"")]
    [InlineData("odds", "?prices=all", "\"prices\" is \"all\"; it can only be \"snapshot\"")]
    [InlineData("odds", "?prices=", "\"prices\" is \"\"")]
    [InlineData("live", "?compress=on", "\"compress\" is \"on\"; it can only be \"off\"")]
    [InlineData("odds", "?compress=", "\"compress\" is \"\"")]
    [InlineData("odds", "?compress=off&compress=off", "\"compress\" is \"off,off\"")]
    [InlineData("live", "?details=0", "\"details\" is \"0\"; it can only be \"1\"")]
    [InlineData("odds", "?details", "\"details\" is \"\"")]
    [InlineData("live", "?prices=snapshot", "\"prices\" is about prices")]
    [InlineData("live", "?conflate=250", "\"conflate\" is about prices")]
    public void A_fault_is_told_as_a_sentence(string channel, string query, string sentence)
    {
        var (subscription, fault) = Read(channel == "live" ? PushChannel.Live : PushChannel.Odds, query);

        Assert.Null(subscription);
        Assert.StartsWith(sentence, fault);
    }

    private static (Subscription? Subscription, string? Fault) Read(PushChannel channel, string query)
    {
        var subscription = SubscriptionQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), channel, "ws", out var fault);
        return (subscription, fault);
    }
}
