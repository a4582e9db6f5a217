using System.Text.RegularExpressions;
using PushNet.Web.Settings;

namespace PushNet.Web.Operators.Commands;

/// <summary>Shows the settings.</summary>
internal static partial class ConfigCommands
{
    private const string Mask = "(masked)";

    // What may hold a secret: keys and their hashes, and connection strings. Addresses may have a name and password in them.
    private static readonly string[] SecretWords = ["Key", "Sha256", "Password", "Secret", "Token", "Credential", "Postgres"];

    public static readonly OperatorCommand Show = new(
        "config show",
        "Shows the settings in force, as environment variables, with secrets masked.",
        (services, _) => Task.FromResult<object>(Settings(services.GetRequiredService<IConfiguration>()).ToList()));

    internal static IEnumerable<ConfigRow> Settings(IConfiguration configuration) =>
        configuration.GetSection(PushNetOptions.Section).AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null)
            .Select(setting => new ConfigRow(SettingsRules.Name(setting.Key), Shown(setting.Key, setting.Value!)))
            .Append(new ConfigRow("ASPNETCORE_URLS", PublicUrls(configuration)))
            .OrderBy(setting => setting.Setting, StringComparer.Ordinal);

    private static string PublicUrls(IConfiguration configuration) =>
        string.Join(';', (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';')
            .Except([configuration[$"{PushNetOptions.Section}:Operator:Url"]]));

    private static string Shown(string path, string value)
    {
        var name = path.Split(ConfigurationPath.KeyDelimiter)[^1];
        return value.Length == 0 ? value
            : SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) ? Mask
            : UserInfo.Replace(value, $"{Mask}@");
    }

    // This searches the text as it was written, because Uri escapes what it gives out.
    [GeneratedRegex("(?<=://)[^/]*@")]
    private static partial Regex UserInfo { get; }

    /// <summary>A setting.</summary>
    /// <param name="Setting">Its name.</param>
    /// <param name="Value">Its value, masked where it may be a secret.</param>
    internal sealed record ConfigRow(string Setting, string Value);
}
