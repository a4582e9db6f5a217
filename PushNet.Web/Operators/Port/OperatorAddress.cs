using System.Net;
using PushNet.Web.Security.Peers;

namespace PushNet.Web.Operators.Port;

/// <summary>The address of the operator port, which is always of this machine, or the one for metrics. Pure.</summary>
internal sealed record OperatorAddress(IPEndPoint EndPoint)
{
    /// <summary>The address that the setting names; null when it is empty.</summary>
    public static OperatorAddress? Of(string url) => url.Length == 0 ? null : new OperatorAddress(EndPointOf(new Uri(url)));

    /// <summary>What is wrong with the setting, as a sentence; null when nothing is.</summary>
    public static string? Fault(string url) =>
        url.Length == 0 ? null
        : !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/"
            ? "It must be an address such as http://127.0.0.1:8081, or empty."
        : !PeerAddress.IsLoopbackHost(uri.IdnHost)
        ? "It must be of this machine: 127.0.0.1, [::1] or localhost. From elsewhere come by ssh -L 8081:127.0.0.1:8081."
        : null;

    /// <summary>What is wrong with the setting for metrics, as a sentence; null when nothing is.</summary>
    public static string? MetricsFault(string url) =>
        url.Length == 0
        || (Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.PathAndQuery == "/"
            && IPAddress.TryParse(uri.IdnHost, out _))
            ? null
            : "It must be an IP address of this machine with a port, such as http://10.0.0.5:9090, http://0.0.0.0:9090 for all of its "
                + "addresses, or empty.";

    /// <summary>
    /// True for an address that the server listens on for operators. When the kernel chooses the port, only the host is known before.
    /// </summary>
    public bool Is(string listeningOn) =>
        Uri.TryCreate(listeningOn, UriKind.Absolute, out var uri)
        && (IPAddress.TryParse(uri.IdnHost, out _) || PeerAddress.IsLoopbackHost(uri.IdnHost))
        && EndPointOf(uri) is var other
        && other.Address.Equals(EndPoint.Address)
        && (EndPoint.Port == 0 || other.Port == EndPoint.Port);

    private static IPEndPoint EndPointOf(Uri uri) =>
        new(IPAddress.TryParse(uri.IdnHost, out var address) ? address : IPAddress.Loopback, uri.Port);
}
