using Microsoft.Extensions.Primitives;
using PushNet.Web.Settings;

namespace PushNet.Web.Security.Peers;

/// <summary>Which web pages may open sockets: a browser names the page's origin (RFC 6455 section 10.2), other clients name none.</summary>
internal sealed class OriginPolicy(PushNetOptions options)
{
    private readonly OriginList _allowed = new(options.Origins, options.Sockets.Origins);

    /// <summary>True when a request names no origin, or one that is allowed: of the server's own host and port, or of the list.</summary>
    public bool Allows(HttpRequest request) => request.Headers.Origin is var origin
        && (StringValues.IsNullOrEmpty(origin)
            || (origin is [{ } text] && (_allowed.Has(text) || IsOwn(text, request.WrittenHost()))));

    // Behind a proxy that ends TLS, the request's own scheme says nothing. So a Host without a port has the default port of the page's
    // scheme.
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && OriginList.Normal(origin) == OriginList.Normal($"{uri.Scheme}://{host.Value}");
}
