using System.Collections;

namespace PushNet.Web.Settings;

/// <summary>What somebody set that nothing reads, or that has another name now, so that it can be told. Pure.</summary>
/// <param name="configuration">All configuration, without the addresses that are the default.</param>
/// <param name="environment">The environment variables.</param>
internal sealed class IgnoredSettings(IConfiguration configuration, IDictionary environment)
{
    /// <summary>Variables of the tools, which are not settings of the server.</summary>
    private static readonly string[] OfTools = ["PUSHNET_KEY"];

    private static readonly string[] OlderNames = ["Sockets:Origins", "Rest:CorsOrigins"];

    private const string ForwardedHeaders = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";

    /// <summary>A sentence for each, which says what to set instead.</summary>
    public IReadOnlyList<string> Sentences { get; } =
    [
        .. Ports(configuration),
        .. OlderNames.Where(path => !string.IsNullOrEmpty(configuration[$"{PushNetOptions.Section}:{path}"])).Select(path =>
            $"{SettingsRules.Name(path)} still works, but {SettingsRules.Name(nameof(PushNetOptions.Origins))} replaces it: it says which "
            + "pages may open sockets and which may read over HTTP"),
        .. environment.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(Fault).OfType<string>(),
    ];

    // ASP.NET's container images set one of these, and the server would listen on all addresses.
    private static IEnumerable<string> Ports(IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration[WebHostDefaults.ServerUrlsKey]) && !configuration.GetSection("Kestrel:Endpoints").Exists()
            ? new[] { WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey }
                .Where(key => !string.IsNullOrEmpty(configuration[key]))
                .Select(key => $"ASPNETCORE_{key.ToUpperInvariant()} is not read: ASPNETCORE_URLS says where to listen, "
                    + $"such as http://0.0.0.0:{configuration[key]}")
            : [];

    private static string? Fault(string name) =>
        name == ForwardedHeaders ? $"{name} is not read: {SettingsRules.Name("Proxies")} names the proxies that are believed"
        : IsMistyped(name) ? $"{name} is not read: a setting has two underscores between its parts: {SettingsRules.Name("Limits:MaxGames")}"
        : null;

    private static bool IsMistyped(string name) =>
        name.StartsWith($"{PushNetOptions.Section}_", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith($"{PushNetOptions.Section}__", StringComparison.OrdinalIgnoreCase)
        && !OfTools.Contains(name);
}
