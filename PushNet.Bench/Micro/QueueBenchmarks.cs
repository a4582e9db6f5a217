using Akka.Actor;
using BenchmarkDotNet.Attributes;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Bench.Micro;

/// <summary>What is done for every subscriber and batch.</summary>
public class QueueBenchmarks
{
    private const int Capacity = 256;
    private const int BatchSize = 16;

    private readonly FrameBatch _batch = Sample.Batch(BatchSize);
    private readonly DropHeadQueue _healthy = new(Capacity);
    private readonly DropHeadQueue _overflowing = new(Capacity);
    private readonly DropHeadMailbox.TwoLaneQueue _mailbox = new(Capacity, new DropTally());
    private Envelope _envelope;

    /// <summary>Fills the queue that overflows.</summary>
    [GlobalSetup]
    public void Fill()
    {
        _envelope = new Envelope(_batch, ActorRefs.NoSender);
        for (var events = 0; events < Capacity; events += BatchSize)
        {
            _overflowing.Enqueue(_batch, counted: false);
        }
    }

    /// <summary>A subscriber that keeps up: a batch goes in and out again.</summary>
    [Benchmark]
    public object? QueueHealthy()
    {
        _healthy.Enqueue(_batch, counted: true);
        return _healthy.TryDequeue();
    }

    /// <summary>A subscriber that takes nothing: one batch more than fits, so the oldest events are dropped.</summary>
    [Benchmark]
    public int QueueOverflowing()
    {
        _overflowing.Enqueue(_batch, counted: false);
        return _overflowing.EventCount;
    }

    /// <summary>A subscriber that lags: it is told of a loss and takes one batch while two have come.</summary>
    [Benchmark]
    public object? QueueLagging()
    {
        _overflowing.Enqueue(_batch, counted: false);
        _overflowing.Enqueue(_batch, counted: false);
        _overflowing.TryDequeue();
        return _overflowing.TryDequeue();
    }

    /// <summary>Goes through the mailbox of a subscriber that keeps up. The second look finds nothing, as Akka's does.</summary>
    [Benchmark]
    public object Mailbox()
    {
        _mailbox.Enqueue(ActorRefs.Nobody, _envelope);
        _mailbox.TryDequeue(out var taken);
        _mailbox.TryDequeue(out _);
        return taken.Message;
    }
}
