using PushNet.Bench.Reports;

namespace PushNet.Bench.Soak;

/// <summary>Shows the readings of a soak, and says what grew.</summary>
internal static class SoakReport
{
    private const double Mega = 1024 * 1024;

    // How much more a process may hold without a leak: free lists, pools, code that was compiled again.
    private const double Growth = 1.1;
    private const long HeapSlack = 4 * 1024 * 1024;
    private const long RssSlack = 32 * 1024 * 1024;
    private const int DescriptorSlack = 16;

    private static readonly (string Title, Func<SoakReading, string> Value)[] Columns =
    [
        ("minute", r => $"{r.At.TotalMinutes:N1}"),
        ("clients", r => r.IsAtRest ? "none" : "all"),
        ("RSS MB", r => $"{r.Rss / Mega:N0}"),
        ("heap MB", r => $"{r.Heap / Mega:N1}"),
        ("descriptors", r => $"{r.Descriptors}"),
        ("actors", r => $"{r.Actors}"),
        ("slots", r => $"{r.Slots}"),
        ("joined", r => $"{r.Joined:N0}"),
        ("refused or ended", r => $"{r.Lost:N0}"),
        ("delivered", r => $"{r.Delivered:N0}"),
        ("told as lost", r => $"{r.Told:N0}"),
        ("wrong", r => $"{r.Wrong:N0}"),
        ("repeated", r => $"{r.Repeats:N0}"),
        ("p99 ms", r => r.P99Ms is { } p99 ? $"{p99:N0}" : "-"),
    ];

    public static string TableOf(IEnumerable<SoakReading> readings) => MarkdownTable.Of(Columns, readings);

    /// <summary>
    /// What clients got that was wrong, what is held for nobody, and what grew between the first reading without clients and a later
    /// one, as sentences.
    /// </summary>
    public static IEnumerable<string> FaultsOf(IReadOnlyList<SoakReading> readings)
    {
        if (readings[^1] is { Wrong: > 0 } or { Repeats: > 0 })
        {
            yield return $"{readings[^1].Wrong} events came with another text to one client than to another, {readings[^1].Repeats} came "
                + "twice or out of order";
        }

        var atRest = readings.Where(reading => reading.IsAtRest).ToList();
        var first = atRest[0];
        foreach (var reading in atRest)
        {
            var minute = $"at minute {reading.At.TotalMinutes:N1}";
            if (reading.Slots > 0)
            {
                yield return $"{reading.Slots} slots are taken by nobody {minute}";
            }

            if (reading.Actors > first.Actors)
            {
                yield return $"actors grew from {first.Actors} to {reading.Actors} {minute}";
            }

            if (reading.Descriptors > first.Descriptors + DescriptorSlack)
            {
                yield return $"descriptors grew from {first.Descriptors} to {reading.Descriptors} {minute}";
            }

            if (reading.Heap > (first.Heap * Growth) + HeapSlack)
            {
                yield return $"the heap grew from {first.Heap / Mega:N1} to {reading.Heap / Mega:N1} MB {minute}";
            }

            if (reading.Rss > (first.Rss * Growth) + RssSlack)
            {
                yield return $"RSS grew from {first.Rss / Mega:N0} to {reading.Rss / Mega:N0} MB {minute}";
            }
        }
    }
}
