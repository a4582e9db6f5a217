using System.Diagnostics.Metrics;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Telemetry;

/// <summary>
/// What the fan-out of one channel counts: once per flush, never per subscriber. Written by the publisher alone, read by anybody.
/// </summary>
public sealed class ChannelMetrics
{
    private readonly KeyValuePair<string, object?> _channel;
    private readonly Histogram<int> _flushSize;
    private readonly Histogram<double> _flushDuration;
    private readonly Histogram<double> _deliveryDuration;
    private DropCounts _dropped = DropCounts.None;
    private long _events;
    private long _batches;
    private long _deliveries;
    private long _bytes;

    internal ChannelMetrics(
        PushChannel channel, Histogram<int> flushSize, Histogram<double> flushDuration, Histogram<double> deliveryDuration)
    {
        (Channel, _channel) = (channel, new("channel", channel.Name));
        (_flushSize, _flushDuration, _deliveryDuration) = (flushSize, flushDuration, deliveryDuration);
    }

    /// <summary>The channel.</summary>
    public PushChannel Channel { get; }

    /// <summary>Events that were flushed.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>Batches that went out.</summary>
    public long Batches => Volatile.Read(ref _batches);

    /// <summary>Events times the subscribers that they were handed to. What a subscriber's queue dropped is among them.</summary>
    public long Deliveries => Volatile.Read(ref _deliveries);

    /// <summary>Bytes of batches times the subscribers that they were handed to.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>What its compressed streams count.</summary>
    public CompressionCounts Compression { get; } = new();

    /// <summary>What the publisher dropped for all its subscribers.</summary>
    public DropCounts Dropped => Volatile.Read(ref _dropped);

    internal void Flushed(int events, FlushCounts counts)
    {
        Volatile.Write(ref _events, _events + events);
        Volatile.Write(ref _batches, _batches + counts.Batches);
        Volatile.Write(ref _deliveries, _deliveries + counts.Deliveries);
        Volatile.Write(ref _bytes, _bytes + counts.Bytes);
        _flushSize.Record(events, _channel);
    }

    internal void DroppedSoFar(DropCounts dropped) => Volatile.Write(ref _dropped, dropped);

    internal void Drained(TimeSpan flush, TimeSpan? delivery)
    {
        _flushDuration.Record(flush.TotalSeconds, _channel);
        if (delivery is { } took)
        {
            _deliveryDuration.Record(took.TotalSeconds, _channel);
        }
    }
}
