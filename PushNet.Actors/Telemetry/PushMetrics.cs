using System.Diagnostics.Metrics;
using System.Text;
using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Telemetry;

/// <summary>
/// The instruments that measure an event on its way, with the names and units of OpenTelemetry. They count groups of events, flushes
/// and drops, but never single deliveries. Each actor system has one set.
/// </summary>
public sealed class PushMetrics : IExtension
{
    /// <summary>The name of the meter, and of the source of traces.</summary>
    public const string Name = "PushNet";

    private static readonly string[] EventTypes = [
        .. Enum.GetValues<EventKind>().Select(kind => Encoding.UTF8.GetString(WireJson.TypeName(kind)))];

    private readonly Counter<long> _events;
    private readonly ChannelMetrics[] _channels;
    private readonly Histogram<double> _commit;
    private readonly Histogram<double> _hold;
    private long _journalFailures;

    private PushMetrics(Meter meter)
    {
        _events = meter.CreateCounter<long>("pushnet.events", "{event}", "Events that the board caused, by type");
        var flushSize = meter.CreateHistogram(
            "pushnet.flush.size", "{event}", "Events of a flush, for all groups of subscribers", advice: Buckets<int>(
                1, 2, 4, 8, 16, 32, 64, 128, 256));
        var flush = meter.CreateHistogram(
            "pushnet.flush.duration", "s", "From the start of a flush until the sockets of all healthy subscribers took "
                + "it", advice: Seconds);
        var delivery = meter.CreateHistogram(
            "pushnet.delivery.duration", "s", "From the board taking an observation until the sockets of all healthy subscribers took "
                + "its event; sampled, one at a time", advice: Seconds);
        _channels = [
            .. new[] { PushChannel.Live, PushChannel.Odds }.Select(channel => new ChannelMetrics(channel, flushSize, flush, delivery))];

        _commit = meter.CreateHistogram("pushnet.journal.commit.duration", "s",
            "From handing a group of observations to the journal until it is on disk", advice: Seconds);

        _hold = meter.CreateHistogram("pushnet.hold.duration", "s",
            "How long lines of sources waited for the fan-out, once for each burst; spent: whether all the time that they may wait was "
                + "used up", advice: Seconds);

        meter.CreateObservableCounter("pushnet.journal.failures", () => Interlocked.Read(ref _journalFailures), "{failure}",
            "How often the board could not be written, or read back");
        meter.CreateObservableCounter("pushnet.batches", () => PerChannel(one => one.Batches), "{batch}", "Batches that were fanned out");
        meter.CreateObservableCounter("pushnet.deliveries", () => PerChannel(one => one.Deliveries), "{event}",
            "Events times the subscribers that they were handed to");
        meter.CreateObservableCounter(
            "pushnet.sent", () => PerChannel(one => one.Bytes), "By", "Bytes of batches times the subscribers that they were handed to");
        meter.CreateObservableCounter("pushnet.dropped", Dropped, "{event}",
            "Events dropped: by the queue of one subscriber, or by a publisher for all its subscribers");
        MeasureCompression(meter);
    }

    /// <summary>The instruments of an actor system.</summary>
    public static PushMetrics Of(ActorSystem system) => system.WithExtension<PushMetrics, Provider>();

    /// <summary>What the subscribers' queues dropped.</summary>
    public DropTally SubscriberDrops { get; } = new();

    /// <summary>Boundaries for durations, in seconds.</summary>
    public static InstrumentAdvice<double> Seconds { get; } =
        Buckets(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    /// <summary>The counts of every channel.</summary>
    public IReadOnlyList<ChannelMetrics> Channels => _channels;

    /// <summary>The counts of a channel.</summary>
    public ChannelMetrics Of(PushChannel channel) => _channels.First(one => one.Channel == channel);

    internal void Caused(IReadOnlyList<EncodedEvent> events)
    {
        Span<long> byKind = stackalloc long[EventKinds.Count];
        foreach (var one in events)
        {
            byKind[(int)one.Kind]++;
        }

        for (var kind = 0; kind < byKind.Length; kind++)
        {
            if (byKind[kind] > 0)
            {
                _events.Add(byKind[kind], new KeyValuePair<string, object?>("type", EventTypes[kind]));
            }
        }
    }

    internal void Committed(TimeSpan took) => _commit.Record(took.TotalSeconds);

    internal void SourcesHeld(TimeSpan took, bool isSpent) =>
        _hold.Record(took.TotalSeconds, new KeyValuePair<string, object?>("spent", isSpent ? "true" : "false"));

    internal void JournalFailed() => Interlocked.Increment(ref _journalFailures);

    private void MeasureCompression(Meter meter)
    {
        meter.CreateObservableGauge("pushnet.compression.streams", () => PerChannel(one => one.Compression.Streams), "{stream}",
            "Compressed streams that run, one for each group of subscribers");
        meter.CreateObservableCounter("pushnet.compression.events", () => PerChannel(one => one.Compression.Events), "{event}",
            "Events that were compressed, once for all subscribers of their group");
        meter.CreateObservableCounter("pushnet.compression.input", () => PerChannel(one => one.Compression.PlainBytes), "By",
            "Bytes of the plain frames of events that were compressed");
        meter.CreateObservableCounter("pushnet.compression.output", () => PerChannel(one => one.Compression.CompressedBytes), "By",
            "Bytes of their compressed frames");
        meter.CreateObservableCounter("pushnet.compression.key_frames", () => PerChannel(one => one.Compression.KeyFrames), "{frame}",
            "Key frames of compressed streams");
        meter.CreateObservableCounter("pushnet.compression.broken", () => PerChannel(one => one.Compression.Broken), "{stream}",
            "Compressed streams that ended because they could not be made or read back");
    }

    private static InstrumentAdvice<T> Buckets<T>(params T[] boundaries)
        where T : struct => new() { HistogramBucketBoundaries = boundaries };

    private IEnumerable<Measurement<long>> PerChannel(Func<ChannelMetrics, long> count) =>
        _channels.Select(one => new Measurement<long>(count(one), new KeyValuePair<string, object?>("channel", one.Channel.Name)));

    private IEnumerable<Measurement<long>> Dropped() =>
        _channels
            .SelectMany(one => ByKind("publisher", one.Dropped.Total - one.Dropped.States, one.Dropped.States, one.Channel.Name))
            .Concat(ByKind("subscriber", SubscriberDrops.Prices, SubscriberDrops.States, null));

    private static Measurement<long>[] ByKind(string by, long prices, long states, string? channel)
    {
        KeyValuePair<string, object?>[] tags = channel is null ? [new("by", by)] : [new("by", by), new("channel", channel)];
        return [new(prices, [.. tags, new("kind", "price")]), new(states, [.. tags, new("kind", "state")])];
    }

    private sealed class Provider : ExtensionIdProvider<PushMetrics>
    {
        public override PushMetrics CreateExtension(ExtendedActorSystem system)
        {
            var meter = new Meter(Name);
            system.RegisterOnTermination(meter.Dispose);
            return new PushMetrics(meter);
        }
    }
}
