using CsCheck;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

public sealed class DistinctFiltersTests
{
    private readonly DistinctFilters _filters = new(2);

    [Fact]
    public void Past_the_limit_only_filters_in_use_are_taken()
    {
        Assert.True(Take("a") && Take("b") && Take("a"));

        Assert.False(Take("c"));
        Assert.True(Take("b"));
        Assert.False(_filters.TryTake(PushChannel.Odds, League("a")));
    }

    [Fact]
    public void Who_asks_for_everything_counts_nothing()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.True(_filters.TryTake(PushChannel.Live, Subscription.Everything.Group));
        }

        Assert.True(Take("a") && Take("b"));
        Assert.True(_filters.TryTake(PushChannel.Live, Subscription.Everything.Group));
    }

    [Fact]
    public void A_filter_is_in_use_until_the_last_has_released_it() =>
        Gen.Select(Gen.Int[0, 3], Gen.Bool).Array[1, 60].Sample(steps =>
        {
            var filters = new DistinctFilters(2);
            var uses = new int[4];
            foreach (var (which, takes) in steps)
            {
                var subscription = League($"l{which}");
                if (takes)
                {
                    var expected = uses[which] > 0 || uses.Count(n => n > 0) < 2;
                    Assert.Equal(expected, filters.TryTake(PushChannel.Live, subscription));
                    uses[which] += expected ? 1 : 0;
                }
                else if (uses[which] > 0)
                {
                    filters.Release(PushChannel.Live, subscription);
                    uses[which]--;
                }
            }
        });

    private bool Take(string league) => _filters.TryTake(PushChannel.Live, League(league));

    private static GroupKey League(string league) => Given.Filtered(new EventFilter { League = AnyOf.The(league) }).Group;
}
