using PushNet.Actors.Admission;
using PushNet.Web.Settings;

namespace PushNet.Web.Security.Peers;

/// <summary>
/// Says which address a request counts for. Clients on this machine are spared, unless the request was forwarded: then
/// everybody who comes through that proxy counts as one, until the settings name the proxy.
/// </summary>
internal sealed partial class PeerLimits(LimitOptions options, ILogger<PeerLimits> log)
{
    private const string UnixSocket = "unix socket";

    private int _warned;

    /// <summary>The address that a request counts for; null when the limits spare it.</summary>
    public string? AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (PeerAddress.IsLoopback(address))
        {
            if (IsForwarded(context.Request.Headers))
            {
                Warn(address?.ToString() ?? TrustedProxies.Unix);
            }
            else if (options.SpareLoopback)
            {
                return null;
            }
        }

        return address is null ? UnixSocket : PeerAddress.Of(address);
    }

    /// <summary>The connections that the request's address may have; null when there is no cap for it.</summary>
    public SlotShare? ShareOf(HttpContext context) => ShareOf(context, options.MaxConnectionsPerAddress);

    /// <summary>What the request's address may have of something; null when there is no cap for it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="most">The cap of an address; 0 for none.</param>
    public SlotShare? ShareOf(HttpContext context, int most) =>
        most > 0 && AddressOf(context) is { } address ? new SlotShare(address, most) : null;

    /// <summary>True when a proxy says that it sent a request on.</summary>
    public static bool IsForwarded(IHeaderDictionary headers) =>
        headers.Keys.Any(name => name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase));

    private void Warn(string proxy)
    {
        if (Interlocked.Exchange(ref _warned, 1) == 0)
        {
            LogUnknownProxy(log, proxy);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Requests are forwarded by a proxy at {Proxy} that PushNet__Proxies does not name, so all its "
        + "clients count as one address; set PushNet__Proxies={Proxy}")]
    private static partial void LogUnknownProxy(ILogger log, string proxy);
}
