using PushNet.Actors.Subscribers;

namespace PushNet.Web.Sockets;

/// <summary>Why connections end, as the metric <c>pushnet.connections.closed</c> says it.</summary>
internal static class EndCause
{
    public const string Client = "client";
    public const string Lost = "lost";
    public const string Key = "key";
    public const string Kicked = "kicked";
    public const string Restart = "restart";
    public const string ProtocolError = "protocol_error";
    public const string CloseTimeout = "close_timeout";
    public const string PingTimeout = "ping_timeout";
    public const string Stalled = "stalled";

    /// <summary>The cause behind a close code of the server.</summary>
    public static string Of(int closeCode) => closeCode switch
    {
        CloseCodes.ServiceRestart => Restart,
        CloseCodes.TryAgainLater => "no_snapshot",
        CloseCodes.UnsupportedData => "binary",
        CloseCodes.InvalidPayload => "not_utf8",
        CloseCodes.MessageTooBig => "too_big",
        _ => "too_many_unknown",
    };
}
