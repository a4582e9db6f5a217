using CsCheck;
using PushNet.Actors.Channels;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels;

public sealed class PendingEventsTests
{
    private readonly PendingEvents _pending = new(100);

    [Fact]
    public void Events_are_taken_in_order_within_the_bound_of_events()
    {
        _pending.Add(Given.Events(1, 10));

        Assert.Equal([1L, 2L, 3L], Take(maxEvents: 3));
        Assert.Equal([4L, 5L], Take(maxEvents: 2));
        Assert.Equal(5, _pending.Count);
    }

    [Fact]
    public void Events_are_taken_within_the_bound_of_bytes_and_a_larger_one_alone()
    {
        _pending.Add(Given.Events(1, 5));
        var one = Given.Event(1).Frame.Length;

        Assert.Equal([1L, 2L], Take(maxBytes: (2 * one) + 1));
        Assert.Equal([3L], Take(maxBytes: 1));
    }

    [Fact]
    public void No_event_beyond_the_snapshots_seq_is_taken()
    {
        _pending.Add(Given.Events(5, 5));

        Assert.False(_pending.HasUpTo(4));
        Assert.True(_pending.HasUpTo(6));
        Assert.Equal([5L, 6L], Take(upToSeq: 6));
        Assert.False(_pending.HasUpTo(6));
        Assert.Empty(Take(upToSeq: 6));
    }

    [Fact]
    public void The_oldest_prices_go_when_there_are_too_many_and_are_counted()
    {
        _pending.Add(Given.Events(1, 2, EventKind.ScoreChange));
        var dropped = _pending.Add(Given.Events(3, 120)).ToArray();

        Assert.Equal(Enumerable.Range(3, dropped.Length).Select(seq => (long)seq), dropped.Select(one => one.Seq));
        Assert.Equal(dropped.Length, _pending.Dropped.Total);
        Assert.Equal(122 - _pending.Count, _pending.Dropped.Total);
        Assert.Equal(_pending.Dropped.Total, _pending.Dropped[EventKind.PriceChange]);
        Assert.Equal([1L, 2L, 122L], [.. Take(maxEvents: 2), Take()[^1]]);
    }

    [Fact]
    public void State_events_stay_however_many_they_are()
    {
        _pending.Add(Given.Events(1, 300, EventKind.ScoreChange));

        Assert.Equal((300, 0L), (_pending.Count, _pending.Dropped.Total));
    }

    [Fact]
    public void Order_is_kept_state_is_never_dropped_and_prices_are_bounded_and_counted() =>
        Gen.Select(Gen.Int[1, 40], Gen.Select(Gen.Int[0, 20], Gen.Int[0, 8], Gen.Int[1, 25]).Array[1, 40]).Sample(
            (capacity, steps) =>
            {
                var pending = new PendingEvents(capacity);
                var (published, taken) = (new List<EncodedEvent>(), new List<EncodedEvent>());
                foreach (var (count, stateEvery, take) in steps)
                {
                    EncodedEvent[] events = [.. Enumerable.Range(1, count).Select(i =>
                        Given.Event(
                            published.Count + i, stateEvery > 0 && i % stateEvery == 0 ? EventKind.ScoreChange : EventKind.PriceChange))];
                    published.AddRange(events);
                    pending.Add(events);

                    var states = published.Count(one => one.Kind.IsState());
                    Assert.True(pending.Count <= Math.Max(capacity, states));
                    Assert.Equal(published.Count, taken.Count + pending.Count + pending.Dropped.Total);
                    taken.AddRange(pending.Dequeue(take, int.MaxValue, long.MaxValue));
                    pending.Compact();
                }

                taken.AddRange(pending.Dequeue(int.MaxValue, int.MaxValue, long.MaxValue));
                Assert.Equal(taken.OrderBy(one => one.Seq), taken);
                Assert.Equal(published.Where(one => one.Kind.IsState()), taken.Where(one => one.Kind.IsState()));
                Assert.Equal(published.Count, taken.Count + pending.Dropped.Total);
            },
            iter: 2_000);

    private long[] Take(int maxEvents = int.MaxValue, int maxBytes = int.MaxValue, long upToSeq = long.MaxValue)
    {
        long[] seqs = [.. _pending.Dequeue(maxEvents, maxBytes, upToSeq).ToArray().Select(one => one.Seq)];
        _pending.Compact();
        return seqs;
    }
}
