namespace PushNet.Web.Settings;

/// <summary>Section <c>keep-alive</c>.</summary>
public sealed class KeepAliveOptions
{
    /// <summary>Between two Pings.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>Until a silent peer is closed.</summary>
    public TimeSpan Timeout { get; init; }
}
