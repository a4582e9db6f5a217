using Akka.Actor;
using PushNet.Actors.Channels;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels;

/// <summary>What a publisher does for clients that ask for merged prices, or for prices in snapshots.</summary>
public sealed class PublisherGroupTests : PublisherTest
{
    [Fact]
    public async Task Held_prices_go_out_when_their_time_has_come_though_nothing_follows_them()
    {
        var publisher = await Publisher(PushChannel.Odds);
        var socket = Join(publisher, subscription: Given.Conflated());
        await Snapshot(publisher, 0);
        Publish(publisher, Price(1, 100m, 110m));
        await Eventually(() => Assert.Equal("price_change 1", socket.Story[^1]));
        Publish(publisher, Price(2, 110m, 120m), Price(3, 120m, 130m), Given.Event(4, EventKind.ScoreChange));
        await Eventually(() => Assert.Equal("score_change 4", socket.Story[^1]));

        await Advance(publisher, TimeSpan.FromMilliseconds(249));
        await Usage(publisher);
        Assert.Equal("score_change 4", socket.Story[^1]);
        await Advance(publisher, TimeSpan.FromMilliseconds(1));

        await Eventually(() => Assert.Equal(["price_change 1", "score_change 4", "price_change 3"], socket.Story.Skip(2)));
    }

    [Fact]
    public async Task Held_prices_go_out_before_the_goodbye()
    {
        var publisher = await Publisher(PushChannel.Odds);
        var socket = Join(publisher, subscription: Given.Conflated(10_000));
        await Snapshot(publisher, 0);
        Publish(publisher, Price(1, 100m, 110m));
        await Eventually(() => Assert.Equal("price_change 1", socket.Story[^1]));
        Publish(publisher, Price(2, 110m, 120m));

        publisher.Tell(new Drain(TimeSpan.Zero, "the server restarts"));

        await Eventually(() => Assert.Equal(["price_change 1", "price_change 2", "reconnect"], socket.Story.Skip(2)));
    }

    [Fact]
    public async Task Snapshots_with_prices_are_made_once_a_second_for_each_group_and_shared()
    {
        var publisher = await Publisher(PushChannel.Odds);
        var first = new[] { Join(publisher, subscription: Given.Priced), Join(publisher, subscription: Given.Priced) };
        await Snapshot(publisher, 1);
        await Eventually(() => Assert.All(first, socket => Assert.Equal(["welcome", "snapshot 1"], socket.Story)));
        Assert.Equal("snapshot", first[0].Messages[0].GetProperty("prices").GetString());

        var (plain, second) = (Join(publisher), Join(publisher, subscription: Given.Priced));
        await Snapshot(publisher, 2);
        await Eventually(() => Assert.Equal(["welcome", "snapshot 2"], plain.Story));
        await Advance(publisher, TimeSpan.FromMilliseconds(999));
        await Usage(publisher);
        Assert.False(GameState.HasMessages);
        await Advance(publisher, TimeSpan.FromMilliseconds(1));

        await Snapshot(publisher, 3);
        await Eventually(() => Assert.Equal(["welcome", "snapshot 3"], second.Story));
    }

    [Fact]
    public async Task A_price_that_a_snapshot_showed_away_is_sent_when_it_is_back()
    {
        var publisher = await Publisher(PushChannel.Odds);
        var socket = Join(publisher, subscription: Given.Conflated() with { Extras = Extras.Prices });
        await Snapshot(publisher, 0);
        Publish(publisher, Price(1, 100m, 110m));
        await Eventually(() => Assert.Equal("price_change 1", socket.Story[^1]));
        Publish(publisher, Price(2, 110m, 120m));
        await Advance(publisher, TimeSpan.FromMilliseconds(1000));
        var priced = Join(publisher, subscription: Given.Conflated() with { Extras = Extras.Prices });
        await Snapshot(publisher, 2);
        await Eventually(() => Assert.Equal(["welcome", "snapshot 2"], priced.Story));
        Publish(publisher, Price(3, 120m, 110m));

        await Advance(publisher, TimeSpan.FromMilliseconds(250));

        await Eventually(() => Assert.Equal("price_change 3", socket.Story[^1]));
        await Eventually(() => Assert.Equal("price_change 3", priced.Story[^1]));
    }

    private static EncodedEvent Price(long seq, decimal old, decimal @new) =>
        new FrameEncoder().Encode(Given.PriceOf(seq, old: old, @new: @new));
}
