namespace PushNet.Web.Settings;

/// <summary>Section <c>keep-alive</c>.</summary>
public sealed class KeepAliveOptions
{
    /// <summary>The time between two Pings.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>The silence after which a peer is closed.</summary>
    public TimeSpan Timeout { get; init; }
}
