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
        Require(
            OriginPolicy.IsWellFormed(options.Sockets.Origins),
            $"{Name("Sockets:Origins")} is \"{options.Sockets.Origins}\". It must be origins separated by commas, such as "
            + "https://example.com,http://localhost:3000, or *.");
        Require(
            OriginPolicy.IsWellFormed(options.Rest.CorsOrigins),
            $"{Name("Rest:CorsOrigins")} is \"{options.Rest.CorsOrigins}\". Give origins such as "
            + "https://scores.example.com, without a path, separated by commas, or *.");
    }
}
