using Akka.Actor;
using PushNet.Actors.Channels;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels;

/// <summary>When newcomers are given the last snapshot and the events since, and when they must have a new one.</summary>
public sealed class RecentSnapshotTests : PublisherTest
{
    private const int Burst = 10;

    [Fact]
    public async Task The_next_in_a_storm_are_given_the_last_snapshot_and_what_went_out_since_in_their_filter()
    {
        var publisher = await Storm();
        await Flush(publisher, Given.Event(1), Given.Event(2, EventKind.ScoreChange), Given.Event(3));

        var (all, filtered) = (Join(publisher), Join(publisher, subscription: NoPrices));
        Publish(publisher, Given.Event(4));

        await Eventually(() => Assert.Equal(
            ["welcome", "snapshot 0", "price_change 1", "score_change 2", "price_change 3", "price_change 4"], all.Story));
        await Eventually(() => Assert.Equal(["welcome", "snapshot 0", "score_change 2"], filtered.Story));
        Assert.False(GameState.HasMessages);
    }

    [Fact]
    public async Task Who_is_behind_with_its_snapshot_is_sent_what_went_out_since_all_the_same()
    {
        var publisher = await Storm();
        await Flush(publisher, Given.Events(1, 5));
        var socket = new RecordingSocket();
        socket.Block();

        publisher.Tell(new Join(99, socket, Subscription.Everything));
        Publish(publisher, Given.Event(6));
        await Eventually(() => Assert.Equal(1, socket.Writes));
        socket.Unblock();

        await Eventually(
            () => Assert.Equal(["snapshot 0", .. Enumerable.Range(1, 6).Select(seq => $"price_change {seq}")], socket.Story.Skip(1)));
    }

    [Fact]
    public async Task A_quarter_of_a_second_later_there_is_a_new_one()
    {
        var publisher = await Storm();
        await Advance(publisher, TimeSpan.FromMilliseconds(249));
        Assert.Equal("snapshot 0", (await JoinedAtOnce(publisher)).Story[^1]);

        await Advance(publisher, TimeSpan.FromMilliseconds(1));

        Assert.Equal("snapshot 7", (await Joined(publisher, 7)).Story[^1]);
        Assert.Equal("snapshot 7", (await JoinedAtOnce(publisher)).Story[^1]);
    }

    [Fact]
    public async Task Whose_prices_are_merged_or_in_the_snapshot_is_given_a_new_one()
    {
        var publisher = await Storm();

        var (merged, priced) = (Join(publisher, subscription: Given.Conflated()), Join(publisher, subscription: Given.Priced));
        await Snapshot(publisher, 0);
        await Snapshot(publisher, 0);

        await Eventually(() => Assert.Equal((2, 2), (merged.Messages.Count, priced.Messages.Count)));
    }

    [Fact]
    public async Task After_a_new_board_there_is_a_new_one()
    {
        var publisher = await Storm();

        publisher.Tell(BoardReset.Instance);

        Assert.Equal("snapshot 2", (await Joined(publisher, 2)).Story[^1]);
    }

    [Fact]
    public async Task After_events_that_nobody_was_there_for_there_is_a_new_one()
    {
        var publisher = await Publisher(PushChannel.Odds);
        for (var i = 0; i < Burst; i++)
        {
            Sys.Stop(await Subscriber(publisher));
        }

        await AwaitAssertAsync(async () => Assert.Equal(0, (await Usage(publisher)).Subscribers));

        Publish(publisher, Given.Event(1));

        Assert.Equal("snapshot 1", (await Joined(publisher, 1)).Story[^1]);
    }

    [Fact]
    public async Task After_more_events_than_a_batch_holds_there_is_a_new_one()
    {
        var publisher = await Storm(Given.FanOut with { MaxBatchEvents = 4 });
        await Flush(publisher, Given.Events(1, 4));
        Assert.Equal("price_change 4", (await JoinedAtOnce(publisher, 6)).Story[^1]);

        await Flush(publisher, Given.Event(5));

        Assert.Equal("snapshot 5", (await Joined(publisher, 5)).Story[^1]);
    }

    [Fact]
    public async Task After_a_drop_for_everybody_there_is_a_new_one()
    {
        var publisher = await Storm(Given.FanOut with { MaxPendingEvents = 16 });

        Publish(publisher, Given.Events(1, 20));

        Assert.True((await Usage(publisher)).Dropped > 0);
        Assert.Equal("snapshot 20", (await Joined(publisher, 20)).Story[^1]);
    }

    private static Subscription NoPrices => Given.Filtered(new EventFilter { Book = AnyOf.The("nobody") });

    /// <summary>A publisher that has given as many snapshots of the empty board as it gives in an instant.</summary>
    private async Task<IActorRef> Storm(FanOutSettings? settings = null)
    {
        var publisher = await Publisher(PushChannel.Odds, settings);
        for (var i = 0; i < Burst; i++)
        {
            await Joined(publisher, 0);
        }

        return publisher;
    }

    private async Task<IActorRef> Subscriber(IActorRef publisher)
    {
        var asker = CreateTestProbe();
        Join(publisher, asker);
        await Snapshot(publisher, 0);
        return (await asker.ExpectMsgAsync<Actors.Subscribers.Joined>()).Subscriber;
    }

    private async Task Flush(IActorRef publisher, params EncodedEvent[] events)
    {
        Publish(publisher, events);
        await AwaitAssertAsync(async () => Assert.Equal(0, (await Usage(publisher)).Pending));
    }

    private async Task<RecordingSocket> JoinedAtOnce(IActorRef publisher, int messages = 2)
    {
        var socket = Join(publisher);
        await Eventually(() => Assert.Equal(messages, socket.Messages.Count));
        Assert.False(GameState.HasMessages);
        return socket;
    }
}
