namespace PushNet.Client;

/// <summary>How a client connects.</summary>
public sealed record PushNetClientOptions
{
    /// <summary>The shortest wait before connecting again.</summary>
    public TimeSpan MinDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait. A delay that the server asks for is kept, up to an hour.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After how long without a frame to ask for a sign of life. A connection that stays silent for as long after that, or takes as long
    /// to open, is given up.
    /// </summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether to offer <c>permessage-deflate</c>: about a tenth of the bytes for some CPU.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>What requests go through, for instance with a proxy or certificates of its own; null: the platform's default.</summary>
    public HttpMessageInvoker? Invoker { get; init; }
}
