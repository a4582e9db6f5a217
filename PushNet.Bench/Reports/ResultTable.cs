using System.Globalization;
using System.Text;
using PushNet.Bench.Runs;

namespace PushNet.Bench.Reports;

/// <summary>Results as a Markdown table, which can also be read on a console.</summary>
internal static class ResultTable
{
    private static readonly (string Title, Func<RunResult, string> Value)[] Columns =
    [
        ("server", r => r.Server),
        ("clients x events/s", r => $"{r.Connections:N0} x {r.EventsPerSecond:N0}"),
        ("asked for", r => r.Asks),
        ("delivered/s", r => $"{r.DeliveredPerSecond:N0}"),
        ("of offered", r => $"{r.DeliveredPerSecond / r.OfferedPerSecond:P1}"),
        ("compressed", r => $"{r.CompressedPerSecond / Math.Max(1, r.DeliveredPerSecond):P1}"),
        ("bytes/event", r => $"{r.BytesPerDelivery:N1}"),
        ("Gbit/s", r => $"{r.BytesPerSecond * 8 / 1e9:N3}"),
        ("p50 ms", r => $"{r.P50Ms:N1}"),
        ("p99 ms", r => $"{r.P99Ms:N1}"),
        ("p99.9 ms", r => $"{r.P999Ms:N1}"),
        ("state p99/max ms", r => r.StateMaxMs is { } max ? $"{r.StateP99Ms:N1}/{max:N1}" : "-"),
        ("cores", r => $"{r.CpuCores:N2}"),
        ("kernel", r => $"{r.KernelCores:N2}"),
        ("cores of the store", r => r.StoreCores is { } cores and > 0 ? $"{cores:N2}" : "-"),
        ("us/delivery", r => $"{r.CpuMicrosecondsPerDelivery:N2}"),
        ("GCs gen 0/1/2", r => $"{r.Collections.Gen0}/{r.Collections.Gen1}/{r.Collections.Gen2}"),
        ("RSS MB empty/connected/end", r => $"{Mega(r.RssEmpty)}/{Mega(r.RssConnected)}/{Mega(r.RssEnd)}"),
        ("KB/conn", r => $"{(r.RssConnected - r.RssEmpty) / 1024.0 / Math.Max(1, r.Connections):N1}"),
        ("dropped", r => $"{r.Dropped:N0}"),
        ("lost silently", r => r.Undelivered is { } lost ? $"{lost:N0}" : "-"),
        ("gaps/repeats/wrong/ended", r => $"{r.Gaps}/{r.Repeats}/{r.Wrong}/{r.Lost}"),
        ("connect s", r => $"{r.ConnectSeconds:N1}"),
        ("acked/s", r => r.Durable is { } d ? $"{d.AcknowledgedPerSecond:N0}" : "-"),
        ("ack ms p50/p99/p99 at snapshots", r => r.Durable is { } d
            ? $"{d.AckP50Ms:N1}/{d.AckP99Ms:N1}/{d.AckP99AtSnapshotMs?.ToString("N1", CultureInfo.CurrentCulture) ?? "-"}" : "-"),
        ("journal/WAL MB", r => r.Durable is { JournalPeak: > 0 } d ? $"{Mega(d.JournalPeak)}/{Mega(d.WalPeak)}" : "-"),
        ("behind the log, at most ms", r => r.BehindMs is { } behind ? $"{behind:N0}" : "-"),
    ];

    public static string Of(IReadOnlyList<RunResult> results) => MarkdownTable.Of(Columns, results);

    /// <summary>What asking for less saved, or what keeping the board cost, compared with the run of the same server before it.</summary>
    public static string SavingsOf(IReadOnlyList<RunResult> results)
    {
        var lines = new StringBuilder();
        foreach (var (before, after) in results.Zip(results.Skip(1))
            .Where(pair => pair.First.Server == pair.Second.Server && pair.First.Asks != pair.Second.Asks))
        {
            lines.AppendLine(
                $"{after.Asks} against {before.Asks}: {Saved(before.DeliveredPerSecond, after.DeliveredPerSecond)} of the deliveries and "
                + $"{Saved(before.BytesPerSecond, after.BytesPerSecond)} of the bytes saved, CPU x "
                + $"{after.CpuCores / before.CpuCores:N2}, p50 x {after.P50Ms / before.P50Ms:N2}, p99 x {after.P99Ms / before.P99Ms:N2}");
        }

        return lines.ToString();
    }

    private static string Saved(double before, double after) => $"{1 - (after / before):P1}";

    private static string Mega(long bytes) => $"{bytes / 1024.0 / 1024.0:N0}";
}
