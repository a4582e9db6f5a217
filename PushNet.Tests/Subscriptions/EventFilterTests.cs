using CsCheck;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;

namespace PushNet.Tests.Subscriptions;

public sealed class EventFilterTests
{
    private static readonly Game Game = Given.Game("g1", slug: "fifa-away-home") with { PnLeagueCode = "fifa", SportCategory = "soccer" };
    private static readonly GameEvent Goal = new ScoreChange(Game, 1, 1);
    private static readonly GameEvent Price = Given.PriceOf(2, Game, market: "totals", book: "dk");

    [Fact]
    public void No_filter_selects_everything()
    {
        Assert.True(EventFilter.None.IsNone);
        Assert.True(EventFilter.None.Selects(Goal) && EventFilter.None.Selects(Price));
    }

    [Theory]
    [InlineData("fifa", null, null, true)]
    [InlineData("nba", null, null, false)]
    [InlineData("FIFA", null, null, false)]
    [InlineData("nba,fifa", null, null, true)]
    [InlineData(null, "soccer", null, true)]
    [InlineData(null, "basketball", null, false)]
    [InlineData(null, null, "g1", true)]
    [InlineData(null, null, "fifa-away-home", true)]
    [InlineData(null, null, "g2", false)]
    [InlineData("fifa", "soccer", "g1", true)]
    [InlineData("fifa", "basketball", "g1", false)]
    [InlineData("nba", "soccer", "g1", false)]
    public void League_sport_and_game_narrow_games_state_and_prices(string? league, string? sport, string? game, bool selected)
    {
        var filter = new EventFilter { League = Any(league), Sport = Any(sport), Game = Any(game) };

        Assert.Equal((selected, selected, selected), (filter.Selects(Game), filter.Selects(Goal), filter.Selects(Price)));
        Assert.False(filter.SelectsAllGames);
    }

    [Theory]
    [InlineData("dk", null, true)]
    [InlineData("fd", null, false)]
    [InlineData(null, "totals", true)]
    [InlineData(null, "spreads", false)]
    [InlineData("fd,dk", "spreads,totals", true)]
    [InlineData("dk", "spreads", false)]
    public void Book_and_market_narrow_prices_only(string? book, string? market, bool selected)
    {
        var filter = new EventFilter { Book = Any(book), Market = Any(market) };

        Assert.Equal((true, true, selected), (filter.Selects(Game), filter.Selects(Goal), filter.Selects(Price)));
        Assert.True(filter is { SelectsAllGames: true, IsNone: false });
    }

    [Fact]
    public void A_game_filter_selects_the_new_game_that_appears_later() =>
        Assert.True(new EventFilter { Game = Any("g1") }.Selects(new NewGame(Game, 1, 1)));

    [Fact]
    public void Filters_of_the_same_words_are_equal_in_any_order() => Gen.Int[0, 5].Array[1, 8].Sample(numbers =>
    {
        string[] words = [.. numbers.Select(n => $"w{n}")];
        string[] others = [.. words.Reverse().Concat(words)];
        var (one, other) = (new EventFilter { Book = AnyOf.The(words) }, new EventFilter { Book = AnyOf.The(others) });

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, new EventFilter { Market = AnyOf.The(words) });
        Assert.NotEqual(one, new EventFilter { Book = AnyOf.The([.. words, "more"]) });
        Assert.NotEqual(one, EventFilter.None);
    });

    [Fact]
    public void A_key_without_a_value_is_no_filter() => Assert.Throws<ArgumentException>(() => AnyOf.The());

    private static AnyOf Any(string? values) => values is null ? AnyOf.Everything : AnyOf.The(values.Split(','));
}
