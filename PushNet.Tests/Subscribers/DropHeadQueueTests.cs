using System.Buffers;
using System.Runtime.CompilerServices;
using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Subscribers;

/// <summary>Which events a full queue gives up, and what it says about that.</summary>
public sealed class DropHeadQueueTests
{
    private static readonly Hello Hello = new(Given.Event(1).Frame, Given.Held(), ActorRefs.Nobody);

    private readonly DropHeadQueue _queue = new(4);

    [Fact]
    public void A_batch_that_fits_comes_out_whole()
    {
        var batch = Given.Batch(Given.Events(1, 4));

        _queue.Enqueue(batch, counted: true);

        Assert.Equal((4, 1, false), (_queue.EventCount, _queue.ItemCount, _queue.IsEmpty));
        Assert.Same(batch, _queue.TryDequeue());
        Assert.Equal((0, 0, true), (_queue.EventCount, _queue.ItemCount, _queue.IsEmpty));
        Assert.Null(_queue.TryDequeue());
    }

    [Fact]
    public void The_oldest_prices_go_first_and_the_loss_is_told_before_the_survivors()
    {
        Add(1, EventKind.PriceChange, EventKind.ScoreChange);
        Add(3, EventKind.PriceChange, EventKind.PriceChange);
        Add(5, EventKind.PriceChange, EventKind.PriceChange);

        Assert.Equal(4, _queue.EventCount);
        Assert.Equal(["lagged 2", "2", "4", "5 6"], DrainAll());
    }

    [Fact]
    public void A_state_event_goes_only_when_nothing_but_state_is_queued()
    {
        Add(1, EventKind.ScoreChange, EventKind.NewGame);
        Add(3, EventKind.StatusChange, EventKind.GameFinal);
        Add(5, EventKind.ScoreChange);

        Assert.Equal(["lagged 1", "2", "3 4", "5"], DrainAll());
    }

    [Fact]
    public void A_price_that_arrives_at_nothing_but_state_is_itself_dropped()
    {
        Add(1, EventKind.ScoreChange, EventKind.NewGame);
        Add(3, EventKind.StatusChange, EventKind.GameFinal);
        Add(5, EventKind.PriceChange);

        Assert.Equal(["lagged 1", "1 2", "3 4"], DrainAll());
    }

    [Fact]
    public void Losses_add_up_until_they_are_told()
    {
        Add(1, EventKind.PriceChange, EventKind.PriceChange);
        Add(3, EventKind.PriceChange, EventKind.PriceChange);
        Add(5, EventKind.PriceChange);
        Add(6, EventKind.PriceChange);

        var dropped = Assert.IsType<Lagged>(_queue.TryDequeue()).Dropped;

        Assert.Equal((2L, 2L, 0L), (dropped.Total, dropped.NewestSeq, dropped.NewestState.Seq));
    }

    [Fact]
    public void Hello_comes_before_the_news_of_a_loss()
    {
        _queue.Enqueue(Hello);
        Add(1, EventKind.PriceChange, EventKind.PriceChange, EventKind.PriceChange, EventKind.PriceChange);
        Add(5, EventKind.PriceChange);

        Assert.Equal(["Hello", "lagged 1", "2 3 4", "5"], DrainAll());
    }

    [Fact]
    public void Marks_keep_their_place_take_no_room_and_are_never_dropped()
    {
        Add(1, EventKind.PriceChange);
        _queue.Enqueue(new GroupLagged(default, DropCounts.None));
        for (var seq = 2; seq < 50; seq++)
        {
            Add(seq, EventKind.PriceChange);
        }

        _queue.Enqueue(new Goodbye(default, "the server restarts"));

        Assert.Equal(4, _queue.EventCount);
        Assert.Equal(["lagged 45", "GroupLagged", "46", "47", "48", "49", "Goodbye"], DrainAll());
    }

    [Fact]
    public void Of_notices_about_feeds_only_the_newest_waits()
    {
        var newer = new FeedNotice(default, IsAny: false);
        _queue.Enqueue(new FeedNotice(default, IsAny: true));
        Add(1, EventKind.ScoreChange);
        _queue.Enqueue(newer);

        Assert.Equal("1", Describe(_queue.TryDequeue()));
        Assert.Same(newer, _queue.TryDequeue());
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void A_healing_snapshot_takes_the_place_of_one_that_still_waits()
    {
        _queue.Enqueue(new HealingSnapshot(Given.Held(), 1));
        Add(2, EventKind.ScoreChange);
        var newer = new HealingSnapshot(Given.Held(), 2);
        _queue.Enqueue(newer);

        Assert.Equal("2", Describe(_queue.TryDequeue()));
        Assert.Same(newer, _queue.TryDequeue());
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void Snapshots_that_are_replaced_or_forgotten_are_let_go()
    {
        var memory = new SnapshotMemory(1000, TimeProvider.System);
        _queue.Enqueue(new HealingSnapshot(Given.Held(new ReadOnlySequence<byte>(new byte[10]), memory), 1));
        _queue.Enqueue(new HealingSnapshot(Given.Held(new ReadOnlySequence<byte>(new byte[20]), memory), 2));
        Assert.Equal(20, memory.Taken);

        _queue.Clear();

        Assert.Equal(0, memory.Taken);
    }

    [Fact]
    public void A_batch_of_which_a_part_was_dropped_is_not_kept_alive()
    {
        var batch = EnqueueAndForget();
        Add(5, EventKind.PriceChange);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(batch.IsAlive);
        Assert.Equal(["lagged 1", "2 3 4", "5"], DrainAll());
    }

    [Fact]
    public void A_cleared_queue_forgets_its_losses_too()
    {
        Add(1, EventKind.PriceChange, EventKind.PriceChange, EventKind.PriceChange);
        Add(4, EventKind.PriceChange, EventKind.PriceChange);

        _queue.Clear();

        Assert.Equal((0, 0, true), (_queue.EventCount, _queue.ItemCount, _queue.IsEmpty));
        Assert.Null(_queue.TryDequeue());
    }

    internal static string Describe(object? item) => item switch
    {
        Lagged lagged => $"lagged {lagged.Dropped.Total}",
        FrameBatch batch => string.Join(' ', batch.Events.Select(one => one.Seq)),
        LateBatch late => string.Join(' ', late.Batch.Events.Select(one => one.Seq)),
        EventRun run => string.Join(' ', run.Events.Select(one => one.Seq)),
        null => "nothing",
        _ => item.GetType().Name,
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference EnqueueAndForget()
    {
        var batch = Given.Batch(Given.Events(1, 4));
        _queue.Enqueue(batch, counted: false);
        return new WeakReference(batch);
    }

    private void Add(long first, params EventKind[] kinds) =>
        _queue.Enqueue(Given.Batch([.. kinds.Select((kind, i) => Given.Event(first + i, kind))]), counted: false);

    private List<string> DrainAll()
    {
        var items = new List<string>();
        while (_queue.TryDequeue() is { } item)
        {
            items.Add(Describe(item));
        }

        return items;
    }
}
