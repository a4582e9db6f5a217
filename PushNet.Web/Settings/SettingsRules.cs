namespace PushNet.Web.Settings;

/// <summary>What the rules of all features have in common: how a setting is named, and what is said about one that can't be used.</summary>
internal static class SettingsRules
{
    /// <summary>A setting's name as people set it: the environment variable.</summary>
    public static string Name(string path) => $"{PushNetOptions.Section}__{path.Replace(":", "__", StringComparison.Ordinal)}";

    internal static void InRange<T>(string path, T value, T least, T most)
        where T : IComparable<T> =>
        Require(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0, $"{Name(path)} is {value}. It must be from {least} to {most}.");

    internal static void OneOf(string path, string value, params string[] choices) =>
        Require(choices.Contains(value),
            $"{Name(path)} is \"{value}\". It must be one of: {string.Join(", ", choices.Where(c => c.Length > 0))}.");

    internal static void RequireFile(string setting, string path)
    {
        var file = CallerFolder.Resolve(path);
        Require(File.Exists(file), $"{setting}: there is no file {file}.");
    }

    internal static bool IsNats(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "nats" or "tls" or "ws" or "wss";

    internal static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new SettingsException(otherwise);
        }
    }
}
