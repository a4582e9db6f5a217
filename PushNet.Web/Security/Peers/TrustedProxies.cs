using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace PushNet.Web.Security.Peers;

/// <summary>The proxies whose word is taken on where a request came from: those that the settings name, and no other.</summary>
internal static class TrustedProxies
{
    /// <summary>Stands in the settings for proxies that connect over a Unix socket, which have no address.</summary>
    public const string Unix = "unix";

    public static void AddTo(IServiceCollection services, string proxies)
    {
        var networks = Parse(proxies)!;

        // Last, and always: ASP.NET Core trusts loopback by default, and everybody when ASPNETCORE_FORWARDEDHEADERS_ENABLED is set.
        services.PostConfigure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.ForwardLimit = null;
            forwarded.KnownIPNetworks.Clear();

            // When both lists are empty, ASP.NET Core believes everybody. This is nobody's address.
            forwarded.KnownProxies.Clear();
            forwarded.KnownProxies.Add(IPAddress.None);
            foreach (var network in networks)
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        });
    }

    /// <summary>Believes the proxies and nobody else: ASP.NET Core would also believe whoever connects over a Unix socket.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, string proxies)
    {
        var believesUnix = Names(proxies).Contains(Unix);
        app.UseWhen(context => believesUnix || context.Connection.RemoteIpAddress is not null, proxied => proxied.UseForwardedHeaders());
    }

    /// <summary>Reads addresses and networks separated by commas, and passes over <see cref="Unix"/>; null when one is neither.</summary>
    public static IReadOnlyList<IPNetwork>? Parse(string commaSeparated)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in Names(commaSeparated).Where(name => name != Unix))
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

    private static string[] Names(string commaSeparated) =>
        commaSeparated.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
