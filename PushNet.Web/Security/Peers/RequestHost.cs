namespace PushNet.Web.Security.Peers;

/// <summary>The host and port that a request names.</summary>
internal static class RequestHost
{
    /// <summary>
    /// The host as the header has it, which is how browsers write it in <c>Origin</c>: in ASCII (xn--...). <see cref="HttpRequest.Host"/>
    /// turns that into letters, and throws where it can't.
    /// </summary>
    public static HostString WrittenHost(this HttpRequest request) => new(request.Headers.Host.ToString());
}
