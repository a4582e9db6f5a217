using PushNet.Bench.Runs;

namespace PushNet.Bench.Reports;

/// <summary>How long sources waited, as a Markdown table.</summary>
internal static class IngestTable
{
    private static readonly (string Title, Func<IngestResult, string> Value)[] Columns =
    [
        ("store", r => r.Store),
        ("lines in a request", r => $"{r.Lines:N0}"),
        ("acked lines/s", r => $"{r.LinesPerSecond:N0}"),
        ("p50 ms", r => $"{r.P50Ms:N1}"),
        ("p99 ms", r => $"{r.P99Ms:N1}"),
        ("cores", r => $"{r.CpuCores:N2}"),
        ("cores of the store", r => r.StoreCores > 0 ? $"{r.StoreCores:N2}" : "-"),
        ("refused", r => $"{r.Refused:N0}"),
    ];

    public static string Of(IEnumerable<IngestResult> results) => MarkdownTable.Of(Columns, results);
}
