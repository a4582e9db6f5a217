using PushNet.Web.Settings;
using static PushNet.Web.Settings.SettingsRules;

namespace PushNet.Web.Security.Peers;

/// <summary>The rules for proxies and origins in the settings.</summary>
internal static class PeerRules
{
    /// <summary>Checks them; the first that is wrong is named.</summary>
    /// <exception cref="SettingsException">A value can't be used.</exception>
    public static void Check(PushNetOptions options)
    {
        Require(
            TrustedProxies.Parse(options.Proxies) is not null,
            $"{Name("Proxies")} is \"{options.Proxies}\". It must be addresses or networks separated by commas, such as "
            + $"127.0.0.1,10.0.0.0/8, and {TrustedProxies.Unix} for a proxy at a Unix socket.");
        CheckOrigins("Origins", options.Origins);
        CheckOrigins("Sockets:Origins", options.Sockets.Origins);
        CheckOrigins("Rest:CorsOrigins", options.Rest.CorsOrigins);
    }

    private static void CheckOrigins(string path, string origins) => Require(
        OriginList.IsWellFormed(origins),
        $"{Name(path)} is \"{origins}\". It must be origins without a path, separated by commas, such as "
        + "https://example.com,http://localhost:3000, or *.");
}
