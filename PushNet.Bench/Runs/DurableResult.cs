using PushNet.Bench.Load;
using PushNet.Bench.Servers;

namespace PushNet.Bench.Runs;

/// <summary>What the feed waited for, and what was on disk.</summary>
internal sealed record DurableResult
{
    /// <summary>Milliseconds from when the oldest observation of a group was due to its acknowledgement, 50th percentile.</summary>
    public required double AckP50Ms { get; init; }

    /// <summary>The same, 99th percentile.</summary>
    public required double AckP99Ms { get; init; }

    /// <summary>The same for those that came while a snapshot was taken; null when none was.</summary>
    public required double? AckP99AtSnapshotMs { get; init; }

    /// <summary>The most bytes of the journal; 0 when nothing was kept.</summary>
    public required long JournalPeak { get; init; }

    /// <summary>The most bytes of its write-ahead log.</summary>
    public required long WalPeak { get; init; }

    /// <summary>Sums up a run.</summary>
    /// <param name="acknowledgements">Those of the measured time.</param>
    /// <param name="data">The data directory; null when nothing was kept.</param>
    public static DurableResult? Of(Acknowledgements acknowledgements, DataFolder? data)
    {
        var all = acknowledgements.Drain();
        if (all.Count == 0)
        {
            return null;
        }

        var atSnapshot = all.Where(one => data?.IsAtSnapshot(one.At) ?? false).ToList();
        return new DurableResult
        {
            AckP50Ms = Percentile(all, 50),
            AckP99Ms = Percentile(all, 99),
            AckP99AtSnapshotMs = atSnapshot.Count == 0 ? null : Percentile(atSnapshot, 99),
            JournalPeak = data?.JournalPeak ?? 0,
            WalPeak = data?.WalPeak ?? 0,
        };
    }

    private static double Percentile(IReadOnlyList<(long At, TimeSpan Waited)> all, int percentile) =>
        all.Select(one => one.Waited.TotalMilliseconds).Order().ElementAt((all.Count - 1) * percentile / 100);
}
