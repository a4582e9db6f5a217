using Akka.Actor;
using Akka.TestKit;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Subscribers;

public sealed class SubscriberActorTests : ActorTest
{
    private readonly RecordingSocket _socket = new();

    [Fact]
    public async Task A_subscriber_whose_socket_blocks_keeps_the_newest_256_besides_the_batch_in_its_hand_and_counts_the_rest()
    {
        var subscriber = await Subscriber();
        await BlockOn(subscriber, Given.Batch(Given.Events(1, 50)));

        for (var first = 51; first <= 2000; first += 50)
        {
            subscriber.Tell(Given.Batch(Given.Events(first, 50)));
        }

        _socket.Unblock();

        await AwaitAssertAsync(() => Assert.Equal(50 + 1 + 256, _socket.Messages.Count));
        var messages = _socket.Messages;
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), messages.Take(50).Select(m => m.Seq()));
        Assert.Equal("""
            {"type":"lagged","dropped":1694,"dropped_by_type":{"price_change":1694},"ts":1767384000000,"seq":1744}
            """, messages[50].GetRawText());
        Assert.Equal(Enumerable.Range(1745, 256).Select(i => (long)i), messages.Skip(51).Select(m => m.Seq()));
    }

    [Fact]
    public async Task An_answer_survives_a_full_queue_and_comes_first()
    {
        var subscriber = await Subscriber();
        await BlockOn(subscriber, Given.Batch(Given.Events(1, 100)));
        for (var first = 101; first <= 1000; first += 100)
        {
            subscriber.Tell(Given.Batch(Given.Events(first, 100)));
        }

        var asker = CreateTestProbe();
        subscriber.Tell(new Reply(new FrameEncoder().Pong(1)), asker);
        _socket.Unblock();

        await asker.ExpectMsgAsync<Written>();
        await AwaitAssertAsync(() => Assert.Equal(100 + 1 + 1 + 256, _socket.Messages.Count));
        Assert.Equal(["pong", "lagged"], _socket.Messages.Skip(100).Take(2).Select(m => m.Type()));
    }

    [Fact]
    public async Task Hello_writes_welcome_then_snapshot_and_tells_who_asked()
    {
        var encoder = new FrameEncoder();
        var subscriber = await Subscriber();
        var asker = CreateTestProbe();
        _socket.Block();

        subscriber.Tell(new Hello(encoder.Welcome("live", 3, Subscription.Everything),
            Given.Held(encoder.Snapshot("live", 1, encoder.EncodeGames([]), 9)), asker));

        await AwaitAssertAsync(() => Assert.Equal(["welcome"], _socket.Story));
        Assert.False(asker.HasMessages);
        _socket.Unblock();
        Assert.Equal(subscriber, (await asker.ExpectMsgAsync<Joined>()).Subscriber);
        Assert.Equal(["welcome", "snapshot 9"], _socket.Story);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_snapshot_is_held_until_it_is_written_or_never_will_be(bool fails)
    {
        var memory = new SnapshotMemory(10_000, Time);
        var encoder = new FrameEncoder();
        var subscriber = await Subscriber();
        _socket.Block();
        subscriber.Tell(new Hello(encoder.Welcome("live", 3, Subscription.Everything),
            Given.Held(encoder.Snapshot("live", 1, encoder.EncodeGames([]), 9), memory), ActorRefs.Nobody));
        subscriber.Tell(new HealingSnapshot(Given.Held(encoder.Snapshot("live", 1, encoder.EncodeGames([]), 10), memory), 10));
        await AwaitAssertAsync(() => Assert.Equal(["welcome"], _socket.Story));
        Assert.True(memory.Taken > 0);

        if (fails)
        {
            _socket.Fail(new IOException("gone"));
        }
        else
        {
            _socket.Unblock();
        }

        await AwaitAssertAsync(() => Assert.Equal(0, memory.Taken));
    }

    [Fact]
    public async Task A_batch_is_released_once_when_the_socket_took_it_at_once()
    {
        var subscriber = await Subscriber();
        var drained = CreateTestProbe();

        subscriber.Tell(Given.Batch(ReleasedTwiceOrMore(drained), Given.Event(1)));
        subscriber.Tell(Given.Batch(Progress(drained, "first"), Given.Event(2)));

        await drained.ExpectMsgAsync("first");
        Assert.False(drained.HasMessages);
    }

    [Fact]
    public async Task Batches_behind_a_blocked_write_are_released_once_each()
    {
        var subscriber = await Subscriber();
        var drained = CreateTestProbe();
        await BlockOn(subscriber, Given.Batch(ReleasedTwiceOrMore(drained), Given.Event(1)));
        subscriber.Tell(Given.Batch(ReleasedTwiceOrMore(drained), Given.Event(2)));
        subscriber.Tell(Given.Batch(ReleasedTwiceOrMore(drained), Given.Event(3)));

        _socket.Unblock();

        await AwaitAssertAsync(() => Assert.Equal(3, _socket.Messages.Count));
        await Answered(subscriber);
        Assert.False(drained.HasMessages);
    }

    [Fact]
    public async Task A_subscriber_that_is_stopped_in_the_middle_of_a_write_closes_and_releases_the_batch()
    {
        var subscriber = await Subscriber();
        var drained = CreateTestProbe();
        await BlockOn(subscriber, Given.Batch(Progress(drained, "released"), Given.Event(1)));
        await WatchAsync(subscriber);

        Sys.Stop(subscriber);

        await ExpectTerminatedAsync(subscriber);
        await drained.ExpectMsgAsync("released");
        Assert.Equal([CloseCodes.ServiceRestart], _socket.CloseCodes);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_write_that_fails_stops_the_subscriber_aborts_the_socket_and_releases_the_batch(
        bool connectionLost, bool synchronously)
    {
        var subscriber = await Subscriber();
        var drained = CreateTestProbe();
        await WatchAsync(subscriber);
        _socket.Fail(connectionLost ? new IOException("gone") : new InvalidCastException("broken"), synchronously);

        subscriber.Tell(Given.Batch(Progress(drained, "released"), Given.Event(1)));

        await ExpectTerminatedAsync(subscriber);
        await drained.ExpectMsgAsync("released");
        Assert.Equal(1, _socket.Aborts);
    }

    [Fact]
    public async Task A_blocked_write_that_fails_in_the_end_stops_the_subscriber_too()
    {
        var subscriber = await Subscriber();
        await BlockOn(subscriber, Given.Batch(Given.Event(1)));
        await WatchAsync(subscriber);

        _socket.Fail(new InvalidCastException("broken"));

        await ExpectTerminatedAsync(subscriber);
        Assert.Equal(1, _socket.Aborts);
    }

    [Fact]
    public async Task Goodbye_is_written_behind_what_waits_and_then_the_socket_is_closed()
    {
        var subscriber = await Subscriber();
        await BlockOn(subscriber, Given.Batch(Given.Event(1)));
        subscriber.Tell(Given.Batch(Given.Event(2, EventKind.GameFinal)));

        subscriber.Tell(new Goodbye(new FrameEncoder().Reconnect(TimeSpan.FromSeconds(1), "the server restarts"), "the server restarts"));
        Assert.Empty(_socket.CloseCodes);
        _socket.Unblock();

        await AwaitAssertAsync(() => Assert.Equal([CloseCodes.ServiceRestart], _socket.CloseCodes));
        Assert.Equal(["price_change 1", "game_final 2", "reconnect"], _socket.Story);
    }

    private static FanOutProgress Progress(TestProbe drained, string name) => new(1, () => drained.Ref.Tell(name));

    /// <summary>Tells when it is released a second time.</summary>
    private static FanOutProgress ReleasedTwiceOrMore(TestProbe drained) => new(2, () => drained.Ref.Tell("twice"));

    private Task<IActorRef> Subscriber() =>
        ChildOf(ParentFor(CreateTestProbe()), SubscriberActor.Props(_socket, Subscription.Everything, Time));

    private async Task BlockOn(IActorRef subscriber, FrameBatch batch)
    {
        _socket.Block();
        subscriber.Tell(batch);
        await AwaitAssertAsync(() => Assert.Equal(1, _socket.Writes));
    }

    private async Task Answered(IActorRef subscriber)
    {
        var asker = CreateTestProbe();
        subscriber.Tell(new Reply(new FrameEncoder().Pong(1)), asker);
        await asker.ExpectMsgAsync<Written>();
    }
}
