using System.Globalization;
using System.Text.RegularExpressions;

using PushNet.Actors;

namespace PushNet.Web.Commands;

/// <summary>Times as people type them. Pure.</summary>
internal static partial class TimeArgument
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>How a time is written, for help and errors.</summary>
    public const string SpanForm = "30s, 15m, 24h or 90d";

    /// <summary>Reads a span of time such as <c>24h</c>; null when it is none.</summary>
    public static TimeSpan? Span(string text)
    {
        if (Spans.Match(text) is not { Success: true } match)
        {
            return null;
        }

        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        var span = match.Groups["unit"].Value switch
        {
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            _ => TimeSpan.FromDays(count),
        };
        return span <= Longest ? span : null;
    }

    /// <summary>Reads a moment, given as a span from now or in ISO 8601 (UTC where no zone is given); null when it is none.</summary>
    public static DateTimeOffset? Moment(string text, Moment now) =>
        Span(text) is { } span ? (now + span).WallClock
        : IsoDate.IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
        : null;

    [GeneratedRegex("^(?<count>[0-9]{1,7})(?<unit>[smhd])$", RegexOptions.ExplicitCapture)]
    private static partial Regex Spans { get; }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}(T|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex IsoDate { get; }
}
