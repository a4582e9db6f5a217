using PushNet.Bench.Load;
using PushNet.Bench.Servers;

namespace PushNet.Bench.Runs;

/// <summary>Sources send lines to a server that keeps its board, and wait for the answers.</summary>
internal static class IngestRun
{
    // While the server stalls, requests wait and are not refused.
    private static readonly (string Name, string Value)[] ManyBodies =
        [("PushNet__Ingest__MaxBodies", "100000"), ("PushNet__Ingest__MaxBodiesPerKey", "0")];

    /// <summary>Measures one store, with one number of lines in a request after the other.</summary>
    /// <param name="kind">Where the board is kept.</param>
    /// <param name="options">The rate in lines per second, the times, and the games.</param>
    /// <param name="linesInRequests">The numbers of lines in a request.</param>
    /// <param name="settings">Environment variables for the server.</param>
    /// <param name="progress">Told a line now and then.</param>
    public static async IAsyncEnumerable<IngestResult> RunAsync(
        StoreKind kind,
        LoadOptions options,
        IReadOnlyList<int> linesInRequests,
        IReadOnlyList<(string Name, string Value)> settings,
        Action<string> progress)
    {
        using var store = await Stores.OpenAsync(kind);
        await using var server = await ServerUnderTest.StartAsync(
            ServerKind.PushNet, options, null, [.. ManyBodies, .. store is null ? settings : [store.Setting, .. settings]]);
        await new FeedSender(server.Address, options, new Schedule(options.Rate, 0)).SendGamesAsync();
        foreach (var lines in linesInRequests)
        {
            progress($"{kind}, {lines} lines in a request");
            using var end = new CancellationTokenSource();
            using var requests = new IngestRequests(server.Address, options, lines, new Schedule(options.Rate / lines, 0));
            var sending = requests.RunAsync(end.Token);
            await Task.Delay(options.WarmUp);
            requests.Answers.Drain();
            var (begin, cpu, storeCpu) = (TimeProvider.System.GetTimestamp(), server.Cpu, store?.Cpu);
            await Task.Delay(options.Duration);
            var answers = requests.Answers.Drain();
            var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
            var (used, usedByStore) = (server.Cpu - cpu, store?.Cpu - storeCpu);
            await end.CancelAsync();
            await sending;
            yield return new IngestResult
            {
                Store = kind.ToString(),
                Lines = lines,
                LinesPerSecond = answers.Sum(answer => answer.Lines) / seconds,
                P50Ms = Acknowledgements.PercentileMs(answers, 50),
                P99Ms = Acknowledgements.PercentileMs(answers, 99),
                CpuCores = used.Total.TotalSeconds / seconds,
                StoreCores = usedByStore?.Total.TotalSeconds / seconds ?? 0,
                Refused = requests.Refused,
            };
        }
    }
}
