namespace PushNet.Web.Settings;

/// <summary>Section <c>sockets</c>.</summary>
public sealed class SocketOptions
{
    internal const string Gate = "gate";
    internal const string WebSocket = "web-socket";
    internal const string Ring = "ring";
    internal const string Direct = "direct";
    internal const string Kestrel = "kestrel";
    internal const string On = "on";
    internal const string Off = "off";

    /// <summary>ring, direct or kestrel.</summary>
    public string Output { get; init; } = "";

    /// <summary>gate or web-socket.</summary>
    public string Writer { get; init; } = "";

    /// <summary>The older name of <see cref="PushNetOptions.Origins"/>, for sockets alone.</summary>
    public string Origins { get; init; } = "";

    /// <summary>on or off.</summary>
    public string Compression { get; init; } = "";

    /// <summary>The compression level of the stream of clients without a filter: 1 to 9.</summary>
    public int CompressionLevel { get; init; }

    /// <summary>Compressed streams of clients with a filter at once.</summary>
    public int CompressionStreams { get; init; }

    /// <summary>True when what is compressed is read back before it is sent.</summary>
    public bool CompressionCanary { get; init; }

    /// <summary>How long to wait for the client's close frame.</summary>
    public TimeSpan CloseTimeout { get; init; }
}
