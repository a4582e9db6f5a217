using System.Text.RegularExpressions;

namespace PushNet.Web.Settings;

/// <summary>Times as people write them: hours may go over a day. .NET reads <c>24:00:00</c> as 24 days.</summary>
internal static partial class Durations
{
    /// <summary>A copy of a section in which such times are written with days, as .NET wants them.</summary>
    public static IConfiguration WithHoursOverADay(IConfigurationSection section) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(section.AsEnumerable().Select(setting => KeyValuePair.Create(setting.Key, WithDays(setting.Value))))
            .Build()
            .GetSection(section.Path);

    private static string? WithDays(string? value) =>
        value is not null && HoursMinutesSeconds.Match(value) is { Success: true } time && int.Parse(time.Groups["hours"].ValueSpan) is var hours and >= 24
            ? $"{hours / 24}.{hours % 24:00}{time.Groups["rest"].Value}"
            : value;

    [GeneratedRegex(@"^(?<hours>[0-9]{2,6})(?<rest>:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex HoursMinutesSeconds { get; }
}
