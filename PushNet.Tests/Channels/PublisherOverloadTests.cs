using Akka.Actor;
using PushNet.Actors.Channels;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;

namespace PushNet.Tests.Channels;

/// <summary>What a publisher drops for everybody, and how it ends.</summary>
public sealed class PublisherOverloadTests : PublisherTest
{
    private static readonly FanOutSettings Small = Given.FanOut with { MaxPendingEvents = 16, MaxBatchEvents = 8 };

    [Fact]
    public async Task What_the_publisher_drops_is_told_to_all_by_one_frame_and_adds_up()
    {
        var publisher = await Publisher(PushChannel.Odds, Small);
        var sockets = new[] { await Joined(publisher, 0), await Joined(publisher, 0) };

        await Overload(publisher, 1, sockets);
        await Flushed(publisher, sockets);

        var dropped = (await Usage(publisher)).Dropped;
        Assert.True(dropped > 0);
        Assert.All(sockets, socket => Assert.Equal((dropped, 61L), (DroppedTold(socket), DroppedTold(socket) + Deltas(socket))));
        Assert.All(sockets, socket => Assert.Single(socket.Story, "lagged"));
    }

    [Fact]
    public async Task Drops_are_told_once_a_second_at_most_and_who_joined_later_is_told_only_of_its_own()
    {
        var publisher = await Publisher(PushChannel.Odds, Small);
        var early = await Joined(publisher, 0);
        await Overload(publisher, 1, early);
        await Flushed(publisher, early);
        var first = (await Usage(publisher)).Dropped;
        var late = await Joined(publisher, 61);

        await Overload(publisher, 62, early, late);
        await Flushed(publisher, early, late);
        Assert.Equal((1, 0), (early.Story.Count(m => m == "lagged"), late.Story.Count(m => m == "lagged")));
        await Advance(publisher, TimeSpan.FromSeconds(1));
        Publish(publisher, Given.Event(123));
        await Flushed(publisher, early, late);

        var all = (await Usage(publisher)).Dropped;
        Assert.Equal((all, all - first), (DroppedTold(early), DroppedTold(late)));
    }

    [Fact]
    public async Task The_last_drop_is_told_though_no_event_follows_it()
    {
        var publisher = await Publisher(PushChannel.Odds, Small);
        var socket = await Joined(publisher, 0);
        await Overload(publisher, 1, socket);
        await Flushed(publisher, socket);
        await Overload(publisher, 62, socket);
        await Flushed(publisher, socket);
        Assert.Single(socket.Story, "lagged");

        await Advance(publisher, TimeSpan.FromSeconds(1));

        var all = (await Usage(publisher)).Dropped;
        await Eventually(() => Assert.Equal(all, DroppedTold(socket)));
    }

    [Fact]
    public async Task Who_has_a_snapshot_is_let_in_before_anything_after_it_is_dropped_for_all()
    {
        var publisher = await Publisher(PushChannel.Odds, Small);
        var early = await Joined(publisher, 0);
        early.Block();
        Publish(publisher, Given.Event(1));
        Publish(publisher, Given.Events(2, 5));
        var late = Join(publisher);
        await Snapshot(publisher, 6);
        for (var seq = 7; seq < 67; seq += 5)
        {
            Publish(publisher, Given.Events(seq, 5));
        }

        early.Unblock();
        await Flushed(publisher, early, late);
        await Advance(publisher, TimeSpan.FromSeconds(1));

        Assert.True((await Usage(publisher)).Dropped > 0);
        await Eventually(() => Assert.Equal(60, Deltas(late) + DroppedTold(late)));
        await Eventually(() => Assert.Equal(66, Deltas(early) + DroppedTold(early)));
    }

    [Fact]
    public async Task Drain_delivers_what_is_pending_says_goodbye_with_distinct_delays_and_closes_with_1012()
    {
        var publisher = await Publisher(PushChannel.Odds);
        var sockets = new List<RecordingSocket>();
        for (var i = 0; i < 5; i++)
        {
            sockets.Add(await Joined(publisher, 0));
        }

        sockets[0].Block();
        Publish(publisher, Given.Event(1));
        Publish(publisher, Given.Event(2, EventKind.GameFinal));
        var waiting = Join(publisher);

        publisher.Tell(new Drain(TimeSpan.Zero, "the server restarts"));
        await Snapshot(publisher, 2);
        sockets[0].Unblock();

        await Eventually(() => Assert.All(sockets, socket => Assert.Equal([CloseCodes.ServiceRestart], socket.CloseCodes)));
        Assert.Equal(["price_change 1", "game_final 2", "reconnect"], sockets[0].Story.Skip(2));

        // They are random, so in one of two hundred runs two of the five may be the same by chance.
        Assert.InRange(sockets.Select(s => s.Messages[^1].GetProperty("after_ms").GetInt64()).Distinct().Count(), 3, 5);
        await Eventually(() => Assert.Equal([CloseCodes.ServiceRestart], waiting.CloseCodes));
        Assert.Empty(waiting.Messages);
    }

    [Fact]
    public async Task When_a_drain_ends_newcomers_are_let_in_and_those_who_were_told_nothing_stay_and_the_next_drain_is_for_all()
    {
        var publisher = await Publisher(PushChannel.Odds);
        var (first, second) = (await Joined(publisher, 0), await Joined(publisher, 0));
        publisher.Tell(new Drain(TimeSpan.FromSeconds(1), "the server is cut off"));
        await Eventually(() => Assert.Equal([CloseCodes.ServiceRestart], first.CloseCodes));
        Assert.Equal("the server is cut off", first.Messages[^1].GetProperty("reason").GetString());

        publisher.Tell(new EndDrain());
        var newcomer = await Joined(publisher, 0);
        await Advance(publisher, TimeSpan.FromSeconds(2));
        Publish(publisher, Given.Event(1));
        await Eventually(() => Assert.All([second, newcomer], socket => Assert.Equal("price_change 1", socket.Story[^1])));

        publisher.Tell(new Drain(TimeSpan.Zero, "the server restarts"));
        await Eventually(() => Assert.All([second, newcomer], socket => Assert.Equal([CloseCodes.ServiceRestart], socket.CloseCodes)));
    }

    [Fact]
    public async Task A_publisher_that_fails_closes_its_subscribers_and_those_who_wait_and_starts_anew()
    {
        var publisher = await Publisher(PushChannel.Odds);
        var socket = await Joined(publisher, 0);
        var waiting = Join(publisher);
        await GameState.ExpectMsgAsync<GetSnapshot>();

        publisher.Tell(new Publish(null!, default));

        await Eventually(() => Assert.Equal([CloseCodes.ServiceRestart], socket.CloseCodes));
        await Eventually(() => Assert.Equal([CloseCodes.ServiceRestart], waiting.CloseCodes));
        Assert.Equal(publisher, (await GameState.ExpectMsgAsync<RegisterPublisher>()).Publisher);
        Assert.Equal(["welcome", "snapshot 5"], (await Joined(publisher, 5)).Story);
    }

    /// <summary>Publishes 61 events while nobody writes, far more than may be pending.</summary>
    private async Task Overload(IActorRef publisher, long first, params RecordingSocket[] sockets)
    {
        foreach (var socket in sockets)
        {
            socket.Block();
        }

        Publish(publisher, Given.Event(first));
        for (var seq = first + 1; seq < first + 61; seq += 5)
        {
            Publish(publisher, Given.Events(seq, 5));
        }

        await Usage(publisher);
        foreach (var socket in sockets)
        {
            socket.Unblock();
        }
    }

    private async Task Flushed(IActorRef publisher, params RecordingSocket[] sockets)
    {
        await AwaitAssertAsync(
            async () =>
            {
                await Advance(publisher, TimeSpan.FromMilliseconds(1));
                Assert.Equal(0, (await Usage(publisher)).Pending);
            },
            TimeSpan.FromSeconds(10),
            TimeSpan.FromMilliseconds(5));
        var last = sockets.Max(socket => socket.Messages[^1].Seq());
        await Eventually(() => Assert.All(sockets, socket => Assert.Equal(last, socket.Messages[^1].Seq())));
    }

    private static int Deltas(RecordingSocket socket) => socket.Messages.Count(m => m.Type() == "price_change");

    private static long DroppedTold(RecordingSocket socket) =>
        socket.Messages.Where(m => m.Type() == "lagged").Sum(m => m.GetProperty("dropped").GetInt64());
}
