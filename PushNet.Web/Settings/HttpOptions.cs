namespace PushNet.Web.Settings;

/// <summary>Section <c>http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>The longest time from the first byte of a request to the end of its headers.</summary>
    public TimeSpan HeaderTimeout { get; init; }

    /// <summary>How long a connection without a request stays open.</summary>
    public TimeSpan IdleTimeout { get; init; }
}
