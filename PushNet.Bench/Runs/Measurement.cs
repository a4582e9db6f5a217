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
        using var data = options.Durable ? new DataFolder() : null;
        await using var server = await ServerUnderTest.StartAsync(
            kind, options, wire, data is null ? settings : [data.Setting, .. settings]);
        var schedule = new Schedule(options.Rate, options.Games + 1);
        var feed = new FeedSender(server.Address, options, schedule);
        await feed.SendGamesAsync();
        var rssEmpty = server.Rss;

        using var clients = new LoadClient(server.Address, options, schedule);
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
        var (sentBefore, cpuBefore) = (feed.Sent, server.Cpu);
        stats.ResetLatency();
        feed.Acknowledgements.Drain();
        var begin = TimeProvider.System.GetTimestamp();
        await WaitAsync(options.Duration, "measuring");
        var (delivered, bytes, sent, cpu) = (
            stats.Delivered - deliveredBefore, stats.Bytes - bytesBefore, feed.Sent - sentBefore, server.Cpu);
        var compressed = stats.Compressed - compressedBefore;
        var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        var durable = DurableResult.Of(feed.Acknowledgements, data);
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
            CpuCores = (cpu.User - cpuBefore.User + cpu.Kernel - cpuBefore.Kernel).TotalSeconds / seconds,
            KernelCores = (cpu.Kernel - cpuBefore.Kernel).TotalSeconds / seconds,
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
            }
        }
    }

    private static double? Percentile(LongHistogram latency, double percentile) =>
        latency.TotalCount == 0 ? null : latency.GetValueAtPercentile(percentile) / 1000.0;
}
