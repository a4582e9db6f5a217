using System.Net;

namespace PushNet.Web.Operations.Port;

/// <summary>The address of the operator port: always of this machine. Pure.</summary>
internal sealed record OperatorAddress(IPEndPoint EndPoint)
{
    /// <summary>The address that the setting names; null when it is empty.</summary>
    public static OperatorAddress? Of(string url)
    {
        if (url.Length == 0)
        {
            return null;
        }

        var uri = new Uri(url);
        return new OperatorAddress(new IPEndPoint(IPAddress.TryParse(uri.IdnHost, out var address) ? address : IPAddress.Loopback, uri.Port));
    }

    /// <summary>What is wrong with the setting, as a sentence; null when nothing is.</summary>
    public static string? Fault(string url) =>
        url.Length == 0 ? null
        : !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/"
            ? "It must be an address such as http://127.0.0.1:8081, or empty."
        : !IsOfThisMachine(uri.IdnHost) ? "It must be of this machine: 127.0.0.1, [::1] or localhost. From elsewhere come by ssh -L 8081:127.0.0.1:8081."
        : null;

    /// <summary>True for a host name or address that can't be anything but this machine.</summary>
    /// <param name="host">Without port and brackets.</param>
    public static bool IsOfThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>True for an address that the server listens on for operators. Of a port that the kernel chose only the host is known before.</summary>
    public bool Is(string listeningOn) =>
        Of(listeningOn.TrimEnd('/'), EndPoint.Port) is { } other && other.Equals(EndPoint);

    private static IPEndPoint? Of(string url, int port) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && IsOfThisMachine(uri.IdnHost)
            ? new IPEndPoint(IPAddress.TryParse(uri.IdnHost, out var address) ? address : IPAddress.Loopback, port == 0 ? 0 : uri.Port)
            : null;
}
