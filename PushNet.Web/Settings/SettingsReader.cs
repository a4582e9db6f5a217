using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace PushNet.Web.Settings;

/// <summary>A setting that must be corrected before the server can start. The message says how.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>
/// Reads the settings and checks every one, so that a bad value stops the start with a sentence instead of causing trouble later.
/// </summary>
internal static partial class SettingsReader
{
    private static readonly string[] ApiKeyFields = ["Name", "Key", "Sha256", "Scopes"];

    /// <summary>Reads and checks section <c>PushNet</c>.</summary>
    /// <param name="configuration">All configuration.</param>
    /// <param name="defaults">The defaults alone; they know every setting there is.</param>
    /// <param name="rules">What each feature requires of its settings.</param>
    /// <exception cref="SettingsException">A setting is unknown or its value can't be used.</exception>
    public static PushNetOptions Read(IConfiguration configuration, IConfiguration defaults, IEnumerable<Action<PushNetOptions>> rules)
    {
        var section = configuration.GetSection(PushNetOptions.Section);
        CheckNames(section, defaults.GetSection(PushNetOptions.Section));
        try
        {
            var readable = WithPlainDurations(section);
            var options = readable.Get<PushNetOptions>()! with
            {
                NumberedFeeds = NumberedFeeds(readable.GetSection(nameof(PushNetOptions.Feed))),
            };
            foreach (var check in rules)
            {
                check(options);
            }

            return options;
        }
        catch (InvalidOperationException e)
        {
            // .NET names a setting by its path; people know it by its environment variable.
            var message = PathInMessage.Replace(e.Message, match => SettingsRules.Name(match.Groups["path"].Value));
            throw new SettingsException($"{message} {SeeManual}");
        }
    }

    [GeneratedRegex($"'{PushNetOptions.Section}:(?<path>[^']*)'")]
    private static partial Regex PathInMessage { get; }

    private const string SeeManual = "hocon/pushnet.hocon lists every setting with its unit and range.";

    private static void CheckNames(IConfigurationSection section, IConfiguration defaults)
    {
        if (section.Value is not null)
        {
            throw new SettingsException($"{PushNetOptions.Section} is no setting but the section of all. {SeeManual}");
        }

        // A section has no value of its own.
        var known = defaults.AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null).Select(setting => setting.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (value is not null && !known.Contains(path) && !IsApiKeyField(path) && !known.Contains(WithoutNumber(path)))
            {
                throw new SettingsException($"{SettingsRules.Name(path)} is not a setting of this version. {SeeManual}");
            }
        }
    }

    /// <summary>A copy of the section in which every duration is written in the one way that .NET reads.</summary>
    /// <exception cref="SettingsException">One can't be read.</exception>
    private static IConfigurationSection WithPlainDurations(IConfigurationSection section) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(section.AsEnumerable(makePathsRelative: true).Select(setting => KeyValuePair.Create(
                ConfigurationPath.Combine(section.Path, setting.Key),
                setting.Value is { } value ? PlainDuration(setting.Key, value) : null)))
            .Build()
            .GetSection(section.Path);

    private static string PlainDuration(string path, string value) =>
        !IsDuration(path) ? value
        : Durations.Parse(value) is { } span ? span.ToString("c", CultureInfo.InvariantCulture)
        : throw new SettingsException(
            $"{SettingsRules.Name(path)} is \"{value}\". It must be a time with its unit, such as {Durations.Form}, "
            + "or hours, minutes and seconds as in 00:00:10.");

    private static bool IsDuration(string path)
    {
        const BindingFlags option = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        Type? type = typeof(PushNetOptions);
        foreach (var name in WithoutNumber(path).Split(ConfigurationPath.KeyDelimiter))
        {
            type = type?.GetProperty(name, option)?.PropertyType;
        }

        return type == typeof(TimeSpan);
    }

    /// <summary>The sections <c>Feed:0</c>, <c>Feed:1</c> and so on. What one of them leaves out is taken from <c>Feed</c>.</summary>
    private static List<FeedOptions> NumberedFeeds(IConfigurationSection feed)
    {
        var (plain, numbered) = (
            feed.GetChildren().Where(child => child.Value is not null).ToList(), feed.GetChildren().Where(child => IsNumber(child.Key)));
        return [.. numbered.OrderBy(child => int.Parse(child.Key)).Select(child =>
        {
            // The paths are kept, because messages name them.
            var settings = new ConfigurationBuilder()
                .AddInMemoryCollection(
                    plain.Select(setting => KeyValuePair.Create(ConfigurationPath.Combine(child.Path, setting.Key), setting.Value)))
                .AddInMemoryCollection(
                    [KeyValuePair.Create(ConfigurationPath.Combine(child.Path, nameof(FeedOptions.Kind)), (string?)"")])
                .AddInMemoryCollection(child.AsEnumerable())
                .Build();
            return settings.GetSection(child.Path).Get<FeedOptions>()! with { Path = $"{nameof(PushNetOptions.Feed)}:{child.Key}" };
        })];
    }

    private static string WithoutNumber(string path) =>
        path.Split(ConfigurationPath.KeyDelimiter) is [var section, var number, var field]
        && string.Equals(section, nameof(PushNetOptions.Feed), StringComparison.OrdinalIgnoreCase)
        && IsNumber(number)
            ? ConfigurationPath.Combine(section, field)
            : path;

    private static bool IsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsApiKeyField(string path) =>
        path.Split(ConfigurationPath.KeyDelimiter) is [var list, var index, var field]
        && string.Equals(list, nameof(PushNetOptions.ApiKeys), StringComparison.OrdinalIgnoreCase)
        && IsNumber(index)
        && ApiKeyFields.Contains(field, StringComparer.OrdinalIgnoreCase);
}
