using HdrHistogram;
using PushNet.Bench.Load;
using PushNet.Bench.Servers;

namespace PushNet.Bench.Runs;

/// <summary>One run: a server, its clients, a feed, and what they did in the measured time.</summary>
internal static class Measurement
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    /// <summary>Runs it.</summary>
    /// <param name="kind">The server.</param>
    /// <param name="options">The clients and the feed.</param>
    /// <param name="wire">What lies between them; null for loopback.</param>
    /// <param name="settings">Environment variables for the server.</param>
    /// <param name="progress">Told a line now and then.</param>
    public static async Task<RunResult> RunAsync(
        ServerKind kind,
        LoadOptions options,
        Wire? wire,
        IReadOnlyList<(string Name, string Value)> settings,
        Action<string> progress)
    {
        options = options with { Over = wire?.Terms, Protocol = kind is ServerKind.SignalR ? Protocol.SignalR : Protocol.PushNet };
        using var store = options.Durable ? new DataFolder()
            : options.Nats > 0 ? await NatsServers.StartAsync(options.Nats) : (IStore?)null;
        await using var server = await ServersUnderTest.StartAsync(
            kind, options, wire, store is null ? settings : [store.Setting, .. settings]);
        var schedule = new Schedule(options.Rate, options.Games + 1);
        var feed = new FeedSender(server.Addresses[0], options, schedule);
        await feed.SendGamesAsync();
        var rssEmpty = server.Rss;

        TimeSpan? behind = null;
        using var clients = new LoadClient(server.Addresses, options, schedule);
        var stats = clients.Stats;
        var connecting = TimeProvider.System.GetTimestamp();
        await clients.ConnectAsync();
        var connected = TimeProvider.System.GetElapsedTime(connecting);
        progress($"{kind}, {options.Asks}: {stats.Joined} of {options.Connections} connected in {connected.TotalSeconds:0.0} s");
        await Task.Delay(TimeSpan.FromSeconds(1));
        var rssConnected = server.Rss;

        // Read once before it counts: the first reading loads code, on the cores that are measured.
        _ = (await server.CollectionsAsync(), server.Cpu, server.Rss);
        var sending = feed.Start();
        await WaitAsync(options.WarmUp, "warming up");
        var collectionsBefore = await server.CollectionsAsync();
        var (deliveredBefore, compressedBefore, bytesBefore) = (stats.Delivered, stats.Compressed, stats.Bytes);
        var (sentBefore, cpuBefore, storeBefore) = (feed.Sent, server.Cpu, store?.Cpu);
        stats.ResetLatency();
        feed.Acknowledgements.Drain();
        behind = null;
        var begin = TimeProvider.System.GetTimestamp();
        await WaitAsync(options.Duration, "measuring");
        var (delivered, bytes, sent, cpu) = (
            stats.Delivered - deliveredBefore, stats.Bytes - bytesBefore, feed.Sent - sentBefore, server.Cpu - cpuBefore);
        var storeCpu = store?.Cpu - storeBefore;
        var compressed = stats.Compressed - compressedBefore;
        var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        var durable = DurableResult.Of(feed.Acknowledgements, seconds, store as DataFolder);
        var rssEnd = server.Rss;
        var collections = await server.CollectionsAsync() - collectionsBefore;

        feed.Stop();
        await sending;
        var expected = feed.Sent * options.DeliveriesPerEvent;
        await LoadClient.UntilAsync(() => options.Conflate > 0 || stats.Delivered + stats.Dropped >= expected, Settling);
        return new RunResult
        {
            Server = kind.ToString(),
            Asks = options.Asks,
            Connections = options.Connections,
            EventsPerSecond = sent / seconds,
            OfferedPerSecond = sent / seconds * options.DeliveriesPerEvent,
            DeliveredPerSecond = delivered / seconds,
            CompressedPerSecond = compressed / seconds,
            BytesPerSecond = bytes / seconds,
            P50Ms = Percentile(stats.Latency, 50) ?? 0,
            P99Ms = Percentile(stats.Latency, 99) ?? 0,
            P999Ms = Percentile(stats.Latency, 99.9) ?? 0,
            StateP99Ms = Percentile(stats.StateLatency, 99),
            StateMaxMs = Percentile(stats.StateLatency, 100),
            CpuCores = cpu.Total.TotalSeconds / seconds,
            KernelCores = cpu.Kernel.TotalSeconds / seconds,
            StoreCores = storeCpu?.Total.TotalSeconds / seconds,
            Collections = collections,
            RssEmpty = rssEmpty,
            RssConnected = rssConnected,
            RssEnd = rssEnd,
            Dropped = stats.Dropped,
            Undelivered = options.Conflate > 0 ? null : Math.Max(0, (long)expected - stats.Delivered - stats.Dropped),
            Gaps = stats.Gaps,
            Repeats = stats.Repeats,
            Wrong = stats.Wrong,
            Lost = stats.Lost,
            ConnectSeconds = connected.TotalSeconds,
            Durable = durable,
            BehindMs = behind?.TotalMilliseconds,
        };

        async Task WaitAsync(TimeSpan time, string phase)
        {
            using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
            var last = stats.Delivered;
            for (var second = 1; second <= time.TotalSeconds && await tick.WaitForNextTickAsync(); second++)
            {
                progress($"{kind}: {phase} {second}/{time.TotalSeconds:0} s, {stats.Delivered - last:N0} deliveries/s, "
                    + $"{stats.Dropped:N0} dropped");
                last = stats.Delivered;
                if (options.Nats > 0 && await server.BehindAsync() is { } told && told > (behind ?? TimeSpan.Zero))
                {
                    behind = told;
                }
            }
        }
    }

    private static double? Percentile(LongHistogram latency, double percentile) =>
        latency.TotalCount == 0 ? null : latency.GetValueAtPercentile(percentile) / 1000.0;
}
