using PushNet.Bench.Load;
using PushNet.Bench.Servers;

namespace PushNet.Bench.Runs;

/// <summary>What the feed waited for, and what was on disk.</summary>
internal sealed record DurableResult
{
    /// <summary>Observations acknowledged per second.</summary>
    public required double AcknowledgedPerSecond { get; init; }

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
    /// <param name="seconds">The measured time.</param>
    /// <param name="data">The data directory; null when there was none.</param>
    public static DurableResult? Of(Acknowledgements acknowledgements, double seconds, DataFolder? data)
    {
        var all = acknowledgements.Drain();
        if (all.Count == 0)
        {
            return null;
        }

        var atSnapshot = all.Where(one => data?.IsAtSnapshot(one.At) ?? false).ToList();
        return new DurableResult
        {
            AcknowledgedPerSecond = all.Sum(one => one.Lines) / seconds,
            AckP50Ms = Acknowledgements.PercentileMs(all, 50),
            AckP99Ms = Acknowledgements.PercentileMs(all, 99),
            AckP99AtSnapshotMs = atSnapshot.Count == 0 ? null : Acknowledgements.PercentileMs(atSnapshot, 99),
            JournalPeak = data?.JournalPeak ?? 0,
            WalPeak = data?.WalPeak ?? 0,
        };
    }
}
