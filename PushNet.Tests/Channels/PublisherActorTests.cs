using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;

namespace PushNet.Tests.Channels;

public sealed class PublisherActorTests : PublisherTest
{
    [Fact]
    public async Task Who_joins_gets_welcome_snapshot_and_exactly_the_events_after_it()
    {
        var publisher = await Publisher(PushChannel.Odds, time: TimeProvider.System);
        var early = await Joined(publisher, 0);
        var late = Join(publisher);
        Publish(publisher, Given.Events(1, 3));
        await Snapshot(publisher, 3);
        Publish(publisher, Given.Events(4, 2));

        await Eventually(() => Assert.Equal(["welcome", "snapshot 3", "price_change 4", "price_change 5"], late.Story));
        await Eventually(() => Assert.Equal(7, early.Messages.Count));
        Assert.Equal("""
            {"type":"welcome","channel":"odds","conn_id":2,"message":"connected to pushnet odds channel"}
            """, late.Messages[0].GetRawText());
    }

    [Fact]
    public async Task Who_waits_to_join_shares_one_snapshot_and_who_comes_later_the_next()
    {
        var publisher = await Publisher(PushChannel.Live, time: TimeProvider.System);
        var asker = CreateTestProbe();
        var first = Enumerable.Range(0, 20).Select(_ => Join(publisher, asker)).ToList();
        await Snapshot(publisher, 7);
        await Eventually(() => Assert.All(first, socket => Assert.Equal(["welcome", "snapshot 7"], socket.Story)));
        Assert.Equal(20, (await asker.ReceiveNAsync(20, TimeSpan.FromSeconds(3)).ToListAsync()).OfType<Joined>().Select(j => j.Subscriber)
            .Distinct().Count());
        Assert.False(GameState.HasMessages);

        var second = Join(publisher);
        await Snapshot(publisher, 9);

        await Eventually(() => Assert.Equal(["welcome", "snapshot 9"], second.Story));
    }

    [Fact]
    public async Task Joins_in_a_storm_of_events_miss_nothing_and_get_nothing_twice()
    {
        var publisher = await Publisher(PushChannel.Odds, Given.FanOut with { MaxBatchEvents = 16 }, TimeProvider.System);
        var sockets = new List<RecordingSocket>();
        for (var seq = 1L; seq <= 600; seq += 3)
        {
            sockets.Add(Join(publisher));
            Publish(publisher, Given.Events(seq, 2));
            if (GameState.HasMessages)
            {
                await Snapshot(publisher, seq + 1);
            }

            Publish(publisher, Given.Event(seq + 2, EventKind.ScoreChange));
        }

        await AwaitAssertAsync(async () =>
        {
            if (GameState.HasMessages)
            {
                await Snapshot(publisher, 600);
            }

            Assert.Equal(sockets.Count, (await Usage(publisher)).Subscribers);
        });
        Publish(publisher, Given.Event(601));
        await Eventually(() => Assert.All(sockets, socket => Assert.EndsWith(" 601", socket.Story.LastOrDefault() ?? "")));
        Assert.All(sockets, socket =>
        {
            var seqs = socket.Messages.Skip(1).Select(message => message.Seq()).ToList();
            Assert.Equal(Enumerable.Range(0, seqs.Count).Select(i => seqs[0] + i), seqs);
        });
    }

    [Fact]
    public async Task A_healing_snapshot_comes_at_its_place_in_the_stream()
    {
        var publisher = await Publisher(PushChannel.Odds, time: TimeProvider.System);
        var asker = CreateTestProbe();
        var socket = Join(publisher, asker);
        await Snapshot(publisher, 0);
        var subscriber = (await asker.ExpectMsgAsync<Joined>()).Subscriber;

        publisher.Tell(new RequestHealing(subscriber, new RecordingSocket(), Subscription.Everything));
        Publish(publisher, Given.Events(1, 2));
        await Snapshot(publisher, 2);
        Publish(publisher, Given.Event(3));

        await Eventually(() => Assert.Equal(
            ["welcome", "snapshot 0", "price_change 1", "price_change 2", "snapshot 2", "price_change 3"], socket.Story));
    }

    [Fact]
    public async Task A_subscriber_that_ends_leaves_the_roster()
    {
        var publisher = await Publisher(PushChannel.Odds, time: TimeProvider.System);
        var socket = await Joined(publisher, 0);
        socket.Fail(new IOException("gone"));

        Publish(publisher, Given.Event(1));

        await AwaitAssertAsync(async () => Assert.Equal(0, (await Usage(publisher)).Subscribers));
    }

    [Fact]
    public async Task A_blocked_subscriber_does_not_hold_up_the_others()
    {
        var publisher = await Publisher(PushChannel.Odds, time: TimeProvider.System);
        var (stalled, healthy) = (await Joined(publisher, 0), await Joined(publisher, 0));
        stalled.Block();

        for (var seq = 1; seq <= 1000; seq += 10)
        {
            Publish(publisher, Given.Events(seq, 10));
        }

        await Eventually(() => Assert.Equal(1002, healthy.Messages.Count));
        stalled.Unblock();
        await Eventually(() => Assert.Equal("price_change 1000", stalled.Story[^1]));
        var client = new ClientModel();
        client.Take(stalled.Messages);
        Assert.Equal(1000, client.Dropped + client.Deltas);
    }

    [Fact]
    public async Task While_a_batch_is_written_the_next_ones_gather_in_one()
    {
        var publisher = await Publisher(PushChannel.Odds);
        var socket = await Joined(publisher, 0);
        socket.Block();
        Publish(publisher, Given.Event(1));
        await Eventually(() => Assert.Equal(3, socket.Writes));
        Publish(publisher, Given.Event(2));
        Publish(publisher, Given.Events(3, 5));
        Assert.Equal(6, (await Usage(publisher)).Pending);

        socket.Unblock();

        await Eventually(() => Assert.Equal(9, socket.Messages.Count));
        Assert.Equal(4, socket.Writes);
    }

    [Fact]
    public async Task Who_does_not_write_in_time_is_not_waited_for()
    {
        var publisher = await Publisher(PushChannel.Odds);
        var (stalled, healthy) = (await Joined(publisher, 0), await Joined(publisher, 0));
        stalled.Block();
        Publish(publisher, Given.Event(1));
        await Eventually(() => Assert.Equal(3, stalled.Writes));
        Publish(publisher, Given.Event(2));
        Assert.Equal(1, (await Usage(publisher)).Pending);

        await Advance(publisher, Given.FanOut.MaxDelay);

        await Eventually(() => Assert.Equal("price_change 2", healthy.Story[^1]));
    }
}
