using PushNet.Web.Settings;

namespace PushNet.Web.Operations.Commands;

/// <summary>Shows the settings.</summary>
internal static class ConfigCommands
{
    private const string Mask = "(masked)";

    // What may hold a secret: keys and their hashes, connection strings, and addresses with a name and password in them.
    private static readonly string[] SecretWords = ["Key", "Sha256", "Password", "Secret", "Token", "Credential", "Postgres", "Connection"];

    public static readonly OperatorCommand Show = new(
        "config show",
        "The settings in force, as environment variables, secrets masked.",
        (services, _) => Task.FromResult<object>(Settings(services.GetRequiredService<IConfiguration>()).ToList()));

    internal static IEnumerable<ConfigRow> Settings(IConfiguration configuration) =>
        configuration.GetSection(PushNetOptions.Section).AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null)
            .Select(setting => new ConfigRow(SettingsRules.Name(setting.Key), Shown(setting.Key, setting.Value!)))
            .Append(new ConfigRow("ASPNETCORE_URLS", PublicUrls(configuration)))
            .OrderBy(setting => setting.Setting, StringComparer.Ordinal);

    private static string PublicUrls(IConfiguration configuration) =>
        string.Join(';', (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';').Except([configuration[$"{PushNetOptions.Section}:Operator:Url"]]));

    private static string Shown(string path, string value)
    {
        var name = path.Split(ConfigurationPath.KeyDelimiter)[^1];
        var isNumber = long.TryParse(value, out _);
        return value.Length == 0 || isNumber ? value
            : SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) ? Mask
            : Uri.TryCreate(value, UriKind.Absolute, out var url) && url.UserInfo.Length > 0 ? value.Replace(url.UserInfo, Mask, StringComparison.Ordinal)
            : value;
    }

    /// <summary>A setting.</summary>
    /// <param name="Setting">Its name.</param>
    /// <param name="Value">Its value, masked where it may be a secret.</param>
    internal sealed record ConfigRow(string Setting, string Value);
}
