namespace PushNet.Web.Security.Peers;

/// <summary>Tells who sits at the server's own machine.</summary>
internal static class LocalCaller
{
    /// <summary>True when a request comes from this machine, asks for it by a loopback host, and was not sent on by a proxy.</summary>
    /// <remarks>
    /// The name that was called counts too: a foreign page can make its own name lead here (DNS rebinding), but not the name localhost.
    /// </remarks>
    public static bool Is(HttpContext context, ForwardedHeadersOptions forwarded) =>
        PeerAddress.IsLoopback(context.Connection.RemoteIpAddress)
        && PeerAddress.IsLoopbackHost(context.Request.WrittenHost().Host)
        && !PeerLimits.IsForwarded(context.Request.Headers)
        && !context.Request.Headers.ContainsKey(forwarded.OriginalForHeaderName);
}
