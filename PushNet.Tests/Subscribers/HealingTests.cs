using Akka.Actor;
using Akka.TestKit;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Subscribers;

/// <summary>How a subscriber that lost a state event asks for a snapshot.</summary>
public sealed class HealingTests() : ActorTest(queueCapacity: 4, ownScheduler: true)
{
    private readonly RecordingSocket _socket = new();
    private TestProbe _publisher = null!;
    private IActorRef _parent = null!;
    private IActorRef _subscriber = null!;
    private long _seq;

    [Fact]
    public async Task A_lost_price_asks_for_nothing()
    {
        await Start();

        await Lose(EventKind.PriceChange);

        await NothingAsked();
    }

    [Fact]
    public async Task A_lost_state_event_asks_the_publisher_for_a_snapshot_at_once()
    {
        await Start();

        await Lose(EventKind.ScoreChange);

        Assert.Equal(_subscriber, (await _publisher.ExpectMsgAsync<RequestHealing>()).Subscriber);
    }

    [Fact]
    public async Task While_a_snapshot_is_on_its_way_no_other_is_asked_for()
    {
        await Start();
        await Lose(EventKind.ScoreChange);
        await _publisher.ExpectMsgAsync<RequestHealing>();

        await Lose(EventKind.ScoreChange);
        Advance(TimeSpan.FromSeconds(10));

        await NothingAsked();
    }

    [Fact]
    public async Task The_next_snapshot_is_asked_for_a_second_after_the_one_before_was_written()
    {
        await Start();
        await Lose(EventKind.ScoreChange);
        await _publisher.ExpectMsgAsync<RequestHealing>();
        await Heal(_seq);

        await Lose(EventKind.ScoreChange);
        Advance(TimeSpan.FromMilliseconds(999));
        await NothingAsked();
        Advance(TimeSpan.FromMilliseconds(1));

        await _publisher.ExpectMsgAsync<RequestHealing>();
    }

    [Fact]
    public async Task What_was_lost_after_the_snapshot_was_made_asks_again()
    {
        await Start();
        await Lose(EventKind.ScoreChange);
        await _publisher.ExpectMsgAsync<RequestHealing>();
        var made = _seq;
        await Lose(EventKind.ScoreChange);

        await Heal(made);
        await NothingAsked();
        Advance(TimeSpan.FromSeconds(1));

        await _publisher.ExpectMsgAsync<RequestHealing>();
    }

    [Fact]
    public async Task What_the_snapshot_knows_is_healed_by_it()
    {
        await Start();
        await Lose(EventKind.ScoreChange);
        await _publisher.ExpectMsgAsync<RequestHealing>();
        await Lose(EventKind.ScoreChange);

        await Heal(_seq);
        await Lose(EventKind.PriceChange);
        Advance(TimeSpan.FromSeconds(10));

        await NothingAsked();
    }

    private async Task Start()
    {
        _publisher = CreateTestProbe();
        _parent = ParentFor(_publisher);
        _subscriber = await ChildOf(_parent, SubscriberActor.Props(_socket, Subscription.Everything, Time));
    }

    /// <summary>Makes the subscriber lose one event of a kind, and lets the client see that.</summary>
    private async Task Lose(EventKind kind)
    {
        var lagged = _socket.Story.Count(m => m == "lagged");
        _socket.Block();
        var writes = _socket.Writes;
        _subscriber.Tell(Given.Batch(Given.Event(++_seq)));
        await AwaitAssertAsync(() => Assert.Equal(writes + 1, _socket.Writes));
        for (var i = 0; i < 5; i++)
        {
            _subscriber.Tell(Given.Batch(Given.Event(++_seq, kind)));
        }

        _socket.Unblock();
        await AwaitAssertAsync(() => Assert.Equal(lagged + 1, _socket.Story.Count(m => m == "lagged")));
        await Settled();
    }

    private async Task Heal(long seq)
    {
        var encoder = new FrameEncoder();
        _subscriber.Tell(new HealingSnapshot(Given.Held(encoder.Snapshot("odds", 1, encoder.EncodeGames([]), seq)), seq));
        await Settled();
        Assert.Contains($"snapshot {seq}", _socket.Story);
    }

    private void Advance(TimeSpan time)
    {
        Time.Advance(time);
        Scheduler.Advance(time);
    }

    // Whatever the subscriber had to say by now reaches the publisher before the marker.
    private async Task NothingAsked()
    {
        await Settled();
        _parent.Tell("marker");
        await _publisher.ExpectMsgAsync("marker");
    }

    private async Task Settled()
    {
        var last = $"price_change {++_seq}";
        _subscriber.Tell(Given.Batch(Given.Event(_seq)));
        await AwaitAssertAsync(() => Assert.Equal(last, _socket.Story[^1]));
    }
}
