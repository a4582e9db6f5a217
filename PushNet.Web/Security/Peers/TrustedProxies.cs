using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using PushNet.Web.Settings;
using IPNetwork = System.Net.IPNetwork;

namespace PushNet.Web.Security.Peers;

/// <summary>The proxies whose word is taken on where a request came from: those that the settings name, and no other.</summary>
internal static class TrustedProxies
{
    public static void AddTo(IServiceCollection services, PushNetOptions options)
    {
        var networks = Parse(options.Proxies)!;

        // Last, and always: ASP.NET Core trusts loopback by default, and everybody when ASPNETCORE_FORWARDEDHEADERS_ENABLED is set.
        services.PostConfigure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = networks.Count == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in networks)
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        });
    }

    /// <summary>Reads addresses and networks separated by commas; null when one is neither.</summary>
    public static IReadOnlyList<IPNetwork>? Parse(string commaSeparated)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in commaSeparated.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                return null;
            }
        }

        return networks;
    }
}
