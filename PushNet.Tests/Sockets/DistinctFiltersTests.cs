using CsCheck;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

public sealed class DistinctFiltersTests
{
    private readonly DistinctFilters _filters = new(2, 1);

    [Fact]
    public void Past_the_limit_only_filters_in_use_are_taken()
    {
        Assert.True(Take("a") && Take("b") && Take("a"));

        Assert.False(Take("c"));
        Assert.True(Take("b"));
        Assert.Equal(new FilterRefused(2, null), _filters.Take(PushChannel.Odds, League("a"), "key", null));
    }

    [Fact]
    public void Who_asks_for_everything_counts_nothing()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(
                new FilterTaken(Subscription.Everything, null), _filters.Take(PushChannel.Live, Subscription.Everything, "key", null));
        }

        Assert.True(Take("a") && Take("b"));
        Assert.IsType<FilterTaken>(_filters.Take(PushChannel.Live, Subscription.Everything, "key", null));
    }

    [Fact]
    public void A_filter_is_in_use_until_the_last_has_released_it() =>
        Gen.Select(Gen.Int[0, 3], Gen.Bool).Array[1, 60].Sample(steps =>
        {
            var filters = new DistinctFilters(2, 1);
            var uses = new Stack<IDisposable>[] { new(), new(), new(), new() };
            foreach (var (which, takes) in steps)
            {
                if (takes)
                {
                    var expected = uses[which].Count > 0 || uses.Count(one => one.Count > 0) < 2;
                    var taken = filters.Take(PushChannel.Live, League($"l{which}"), $"key{uses[which].Count}", null) as FilterTaken;
                    Assert.Equal(expected, taken is not null);
                    if (taken is not null)
                    {
                        uses[which].Push(taken.Use!);
                    }
                }
                else if (uses[which].TryPop(out var use))
                {
                    use.Dispose();
                }
            }
        });

    [Fact]
    public void One_key_and_one_address_use_a_share_and_no_more()
    {
        var filters = new DistinctFilters(100, 0.1);
        for (var i = 0; i < 10; i++)
        {
            Assert.IsType<FilterTaken>(filters.Take(PushChannel.Live, League($"l{i}"), "one", $"address {i}"));
            Assert.IsType<FilterTaken>(filters.Take(PushChannel.Live, League($"m{i}"), $"key {i}", "192.0.2.1"));
        }

        Assert.Equal(new FilterRefused(10, "one"), filters.Take(PushChannel.Live, League("l10"), "one", "192.0.2.2"));
        Assert.Equal(new FilterRefused(10, "192.0.2.1"), filters.Take(PushChannel.Live, League("l10"), "other", "192.0.2.1"));
        Assert.IsType<FilterTaken>(filters.Take(PushChannel.Live, League("l3"), "one", "192.0.2.2"));
        Assert.IsType<FilterTaken>(filters.Take(PushChannel.Live, League("l10"), "other", null));
    }

    [Fact]
    public void A_share_is_there_again_when_a_filter_of_it_is_given_up()
    {
        var filters = new DistinctFilters(20, 0.1);
        var first = Assert.IsType<FilterTaken>(filters.Take(PushChannel.Live, League("a"), "key", null));
        filters.Take(PushChannel.Live, League("b"), "key", null);
        Assert.IsType<FilterRefused>(filters.Take(PushChannel.Live, League("c"), "key", null));

        first.Use!.Dispose();

        Assert.IsType<FilterTaken>(filters.Take(PushChannel.Live, League("c"), "key", null));
    }

    [Fact]
    public void The_page_finds_a_place_for_a_game_whatever_others_take_with_its_key()
    {
        var filters = new DistinctFilters(100, 0.1);
        for (var i = 0; i < 200; i++)
        {
            filters.Take(PushChannel.Odds, Game($"g{i}"), "page", "192.0.2.1");
            filters.Take(PushChannel.Odds, League($"l{i}"), $"key {i}", null);
        }

        Assert.IsType<FilterRefused>(filters.Take(PushChannel.Odds, League("new"), "page", "192.0.2.9"));
        Assert.IsType<FilterRefused>(
            filters.Take(PushChannel.Odds, Game("new") with { Conflate = TimeSpan.FromSeconds(1) }, "page", "192.0.2.9"));
        Assert.IsType<FilterRefused>(filters.Take(PushChannel.Odds, Game("new"), "page", "192.0.2.1"));
        Assert.IsType<FilterTaken>(filters.Take(PushChannel.Odds, Game("new"), "page", "192.0.2.9"));
    }

    [Fact]
    public void Who_asks_for_the_same_holds_the_same()
    {
        var (one, other) = (Assert.IsType<FilterTaken>(_filters.Take(PushChannel.Odds, League("a"), "one", null)),
            Assert.IsType<FilterTaken>(_filters.Take(PushChannel.Odds, League("a") with { Extras = Extras.Prices }, "other", null)));

        Assert.Same(one.Subscription.Filter, other.Subscription.Filter);
        Assert.Equal((false, true), (one.Subscription.Group.HasPrices, other.Subscription.Group.HasPrices));
    }

    private bool Take(string league) => _filters.Take(PushChannel.Live, League(league), "key", null) is FilterTaken;

    private static Subscription League(string league) => Given.Filtered(new EventFilter { League = AnyOf.The(league) });

    private static Subscription Game(string id) => Given.Filtered(new EventFilter { Game = AnyOf.The(id) });
}
