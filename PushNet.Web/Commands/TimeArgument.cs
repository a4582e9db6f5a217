using System.Globalization;
using System.Text.RegularExpressions;
using PushNet.Actors.Clock;
using PushNet.Web.Settings;

namespace PushNet.Web.Commands;

/// <summary>Moments as people type them. Pure.</summary>
internal static partial class TimeArgument
{
    /// <summary>Reads a moment that is given as a span from now or in ISO 8601 (UTC if no zone is given). Null if it is not one.</summary>
    public static DateTimeOffset? Moment(string text, Moment now) =>
        Durations.Parse(text) is { } span ? (now + span).WallClock
        : IsoDate.IsMatch(text) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
        : null;

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}(T|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex IsoDate { get; }
}
