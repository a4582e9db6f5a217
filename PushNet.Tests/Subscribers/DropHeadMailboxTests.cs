using Akka.Actor;
using Akka.Configuration;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Subscribers;

public sealed class DropHeadMailboxTests : ActorTest
{
    private readonly DropHeadMailbox.TwoLaneQueue _queue = new(4, new DropTally());

    [Theory]
    [InlineData("capacity = 0")]
    [InlineData("capacity = -5")]
    [InlineData("")]
    public void A_capacity_below_one_stops_the_start_with_a_sentence(string config)
    {
        var error = Assert.Throws<ConfigurationException>(
            () => new DropHeadMailbox(Sys.Settings, ConfigurationFactory.ParseString(config)));

        Assert.Contains("pushnet.subscriber-mailbox.capacity", error.Message);
    }

    [Fact]
    public void The_configured_capacity_is_the_queues()
    {
        var queue = new DropHeadMailbox(Sys.Settings, ConfigurationFactory.ParseString("capacity = 7")).Create(null, null);

        for (var seq = 1; seq <= 20; seq++)
        {
            queue.Enqueue(TestActor, new Envelope(Given.Batch(Given.Event(seq)), ActorRefs.NoSender));
        }

        Assert.Equal(7, queue.Count);
    }

    [Fact]
    public void Control_comes_first_in_its_own_order_with_its_sender_and_survives_a_full_queue()
    {
        Enqueue(Given.Batch(Given.Events(1, 4)));
        _queue.Enqueue(TestActor, new Envelope("one", TestActor));
        Enqueue(Given.Batch(Given.Events(5, 4)));
        _queue.Enqueue(TestActor, new Envelope("two", TestActor));

        Assert.Equal("one", Dequeue());
        Assert.True(_queue.TryDequeue(out var second));
        Assert.Equal(("two", TestActor), (second.Message, second.Sender));
        Assert.IsType<Lagged>(Dequeue());
        Assert.True(_queue.HasMessages);
        Assert.Equal("5 6 7 8", DropHeadQueueTests.Describe(Dequeue()));
        Assert.False(_queue.HasMessages);
        Assert.False(_queue.TryDequeue(out _));
    }

    [Fact]
    public void A_batch_for_who_is_idle_is_waited_for()
    {
        var drained = 0;
        Enqueue(Given.Batch(new FanOutProgress(1, () => drained++), Given.Event(1)));

        Assert.IsType<FrameBatch>(Dequeue());
        Assert.Equal(0, drained);
    }

    [Fact]
    public void A_batch_for_who_is_behind_is_not_waited_for_and_released_once()
    {
        var (behind, busy) = (0, 0);
        Enqueue(Given.Batch(Given.Event(1)));
        Enqueue(Given.Batch(new FanOutProgress(1, () => behind++), Given.Event(2)));
        Dequeue();
        Dequeue();
        Enqueue(Given.Batch(new FanOutProgress(1, () => busy++), Given.Event(3)));

        Assert.Equal((1, 1), (behind, busy));
        Assert.IsNotType<FrameBatch>(Dequeue());
    }

    [Fact]
    public void Who_is_giving_an_answer_is_behind()
    {
        _queue.Enqueue(TestActor, new Envelope("answer", TestActor));
        Dequeue();
        Enqueue(Given.Batch(Given.Event(1)));

        Assert.IsType<LateBatch>(Dequeue());
    }

    [Fact]
    public void Who_has_taken_everything_is_idle_again()
    {
        Enqueue(Given.Batch(Given.Event(1)));
        Dequeue();
        Assert.False(_queue.TryDequeue(out _));

        Enqueue(Given.Batch(Given.Event(2)));

        Assert.IsType<FrameBatch>(Dequeue());
    }

    [Fact]
    public void What_a_gone_subscriber_left_is_released_and_its_control_goes_to_dead_letters()
    {
        var drained = 0;
        Enqueue(Given.Batch(new FanOutProgress(1, () => drained++), Given.Event(1)));
        _queue.Enqueue(TestActor, new Envelope("bye", TestActor));
        var letters = new DropHeadMailbox.TwoLaneQueue(4, new DropTally());

        _queue.CleanUp(TestActor, letters);

        Assert.Equal(1, drained);
        Assert.False(_queue.HasMessages);
        Assert.Equal(1, letters.Count);
        Assert.True(letters.TryDequeue(out var letter));
        Assert.Equal("bye", letter.Message);
    }

    [Fact]
    public async Task Many_may_enqueue_while_one_dequeues_and_every_event_is_delivered_or_counted()
    {
        const int senders = 4, batches = 2_000;
        var queue = new DropHeadMailbox.TwoLaneQueue(16, new DropTally());
        var sending = Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < batches; i++)
            {
                queue.Enqueue(TestActor, new Envelope(Given.Batch(Given.Events(1 + i, 3)), ActorRefs.NoSender));
            }
        })));
        var counted = 0L;
        while (!sending.IsCompleted || queue.HasMessages)
        {
            counted += queue.TryDequeue(out var envelope) ? EventsIn(envelope.Message) : 0;
        }

        await sending;
        Assert.Equal(senders * batches * 3, counted);
    }

    private static long EventsIn(object message) => message switch
    {
        Lagged lagged => lagged.Dropped.Total,
        EventRun run => run.Events.Count,
        LateBatch late => late.Batch.Events.Count,
        _ => ((FrameBatch)message).Events.Count,
    };

    private void Enqueue(FrameBatch batch) => _queue.Enqueue(TestActor, new Envelope(batch, ActorRefs.NoSender));

    private object Dequeue()
    {
        Assert.True(_queue.TryDequeue(out var envelope));
        return envelope.Message;
    }
}
