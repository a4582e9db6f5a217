using System.Net;
using PushNet.Web.Security.Peers;

namespace PushNet.Web.Operators.Port;

/// <summary>The address of the operator port: always of this machine. Pure.</summary>
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

    /// <summary>
    /// True for an address that the server listens on for operators. When the kernel chooses the port, only the host is known before.
    /// </summary>
    public bool Is(string listeningOn) =>
        Uri.TryCreate(listeningOn, UriKind.Absolute, out var uri)
        && PeerAddress.IsLoopbackHost(uri.IdnHost)
        && EndPointOf(uri) is var other
        && other.Address.Equals(EndPoint.Address)
        && (EndPoint.Port == 0 || other.Port == EndPoint.Port);

    private static IPEndPoint EndPointOf(Uri uri) =>
        new(IPAddress.TryParse(uri.IdnHost, out var address) ? address : IPAddress.Loopback, uri.Port);
}
