using System.Globalization;

namespace PushNet.Web.Operators.Commands;

/// <summary>Numbers with a unit, as people read them. The last word of a field's name is its unit. Pure.</summary>
internal static class AnswerUnits
{
    private const string Rate = "/s";

    private static readonly string[] Bytes = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>The number with its unit; null for one without a unit.</summary>
    /// <param name="field">The name of its field.</param>
    /// <param name="value">The number.</param>
    public static string? Of(string field, double value) =>
        field.EndsWith(Rate, StringComparison.Ordinal) ? $"{Of(field[..^Rate.Length], value) ?? Plain(value)}{Rate}"
        : field is "bytes" || field.EndsWith("_bytes", StringComparison.Ordinal) ? InBytes(value)
        : field.EndsWith("_ms", StringComparison.Ordinal) ? $"{Plain(value)} ms"
        : field is "cpu_s" ? $"{Plain(value)} s"
        : field.EndsWith("_s", StringComparison.Ordinal) ? Span(value)
        : null;

    private static string InBytes(double value)
    {
        var step = 0;
        for (; value >= 1000 && step < Bytes.Length - 1; step++)
        {
            value /= 1000;
        }

        return $"{Plain(value)} {Bytes[step]}";
    }

    private static string Span(double seconds) => seconds switch
    {
        < 120 => $"{Plain(seconds)} s",
        < 7200 => $"{Math.Floor(seconds / 60)} min",
        < 172_800 => $"{Math.Floor(seconds / 3600)} h",
        _ => $"{Math.Floor(seconds / 86_400)} d",
    };

    private static string Plain(double value) => value.ToString(value < 1000 ? "0.##" : "#,0", CultureInfo.InvariantCulture);
}
