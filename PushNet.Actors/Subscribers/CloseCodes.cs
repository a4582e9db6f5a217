namespace PushNet.Actors.Subscribers;

/// <summary>The close codes the server uses (RFC 6455 section 7.4.1 and its IANA registry).</summary>
public static class CloseCodes
{
    /// <summary>A binary message, which the server doesn't take.</summary>
    public const int UnsupportedData = 1003;

    /// <summary>A text message that isn't UTF-8.</summary>
    public const int InvalidPayload = 1007;

    /// <summary>Too many messages that mean nothing.</summary>
    public const int PolicyViolation = 1008;

    /// <summary>A message over the size limit.</summary>
    public const int MessageTooBig = 1009;

    /// <summary>The server restarts; come back after the delay of the <c>reconnect</c> frame.</summary>
    public const int ServiceRestart = 1012;

    /// <summary>What the client needs can't be made now, or an operator closed the connection; come back later, or ask for less.</summary>
    public const int TryAgainLater = 1013;
}
