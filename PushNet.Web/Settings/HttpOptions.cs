namespace PushNet.Web.Settings;

/// <summary>Section <c>http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>From the first byte of a request to the end of its headers.</summary>
    public TimeSpan HeaderTimeout { get; init; }

    /// <summary>Until a connection is closed that has no request.</summary>
    public TimeSpan IdleTimeout { get; init; }
}
