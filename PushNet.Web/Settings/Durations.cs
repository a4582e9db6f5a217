using System.Globalization;
using System.Text.RegularExpressions;

namespace PushNet.Web.Settings;

/// <summary>Spans of time as people write them, in settings and as arguments. Pure.</summary>
internal static partial class Durations
{
    /// <summary>How a span with a unit is written, for help and errors.</summary>
    public const string Form = "250ms, 30s, 15m, 24h or 90d";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>
    /// Reads <c>250ms</c>, <c>30s</c>, <c>15m</c>, <c>24h</c>, <c>90d</c>, or .NET's <c>hh:mm:ss</c>, in which hours may go over a day.
    /// Null when it is none of these: a number alone other than <c>0</c> has no unit, and <c>10:00</c> may be minutes or hours.
    /// </summary>
    public static TimeSpan? Parse(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        if (WithUnit.Match(text) is { Success: true } match)
        {
            var count = long.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
            var unit = TicksOf(match.Groups["unit"].Value);
            return count <= Longest.Ticks / unit ? new TimeSpan(count * unit) : null;
        }

        return text.Count(':') >= 2 && TimeSpan.TryParse(WithDays(text), CultureInfo.InvariantCulture, out var span)
            && span >= TimeSpan.Zero && span <= Longest
            ? span
            : null;
    }

    private static long TicksOf(string unit) => unit switch
    {
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        _ => TimeSpan.TicksPerDay,
    };

    // .NET reads 24:00:00 as 24 days.
    private static string WithDays(string text) =>
        HoursMinutesSeconds.Match(text) is { Success: true } time
        && int.Parse(time.Groups["hours"].ValueSpan, CultureInfo.InvariantCulture) is var hours and >= 24
            ? $"{hours / 24}.{hours % 24:00}{time.Groups["rest"].Value}"
            : text;

    [GeneratedRegex("^(?<count>[0-9]{1,12}) ?(?<unit>ms|s|m|h|d)$", RegexOptions.ExplicitCapture)]
    private static partial Regex WithUnit { get; }

    [GeneratedRegex(@"^(?<hours>[0-9]{2,6})(?<rest>:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex HoursMinutesSeconds { get; }
}
