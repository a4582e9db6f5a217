using System.Text;

namespace PushNet.Bench.Reports;

/// <summary>A Markdown table, which can also be read on a console.</summary>
internal static class MarkdownTable
{
    /// <summary>Writes rows.</summary>
    /// <typeparam name="T">What a row is of.</typeparam>
    /// <param name="columns">Titles, and what stands below them.</param>
    /// <param name="rows">The rows.</param>
    public static string Of<T>(IReadOnlyList<(string Title, Func<T, string> Value)> columns, IEnumerable<T> rows)
    {
        var table = new StringBuilder();
        table.AppendLine($"| {string.Join(" | ", columns.Select(column => column.Title))} |");
        table.AppendLine($"|{string.Concat(Enumerable.Repeat("---|", columns.Count))}");
        foreach (var row in rows)
        {
            table.AppendLine($"| {string.Join(" | ", columns.Select(column => column.Value(row)))} |");
        }

        return table.ToString();
    }
}
