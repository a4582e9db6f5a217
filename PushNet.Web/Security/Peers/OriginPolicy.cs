using Microsoft.Extensions.Primitives;
using PushNet.Web.Settings;

namespace PushNet.Web.Security.Peers;

/// <summary>Which web pages may open sockets: a browser names the page's origin (RFC 6455 section 10.2), other clients name none.</summary>
internal sealed class OriginPolicy(SocketOptions options)
{
    private const string Any = "*";

    private readonly HashSet<string> _allowed = [.. Split(options.Origins).Select(Normal)];

    /// <summary>True when a request names no origin, or one that is allowed: of the server's own host and port, or of the list.</summary>
    public bool Allows(HttpRequest request) => request.Headers.Origin is var origin
        && (StringValues.IsNullOrEmpty(origin)
            || (origin is [{ } text] && (_allowed.Contains(Any) || _allowed.Contains(Normal(text)) || IsOwn(text, request.WrittenHost()))));

    /// <summary>True when a text is <c>*</c> or origins separated by commas.</summary>
    public static bool IsWellFormed(string commaSeparated) =>
        Split(commaSeparated).All(
            text => text == Any || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && text.Count('/') == 2));

    private static string[] Split(string commaSeparated) =>
        commaSeparated.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Hosts in lower case and in ASCII (xn--...), as browsers write them, and always with a port.
    private static string Normal(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) ? $"{uri.Scheme}://{uri.IdnHost}:{uri.Port}" : origin;

    // Behind a proxy that ends TLS the request's own scheme says nothing, so a Host without a port has the default port of the
    // page's scheme.
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && Normal(origin) == Normal($"{uri.Scheme}://{host.Value}");
}
