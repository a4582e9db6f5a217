using System.Net.WebSockets;

namespace PushNet.Actors.Subscribers;

/// <summary>Distinguishes the loss of a connection, which is an ordinary end, from a failure.</summary>
public static class ConnectionLoss
{
    /// <summary>True for what a socket throws when the client went away in the middle of a read or a write.</summary>
    /// <param name="e">What was thrown.</param>
    public static bool Is(Exception e) => e is IOException or ObjectDisposedException or OperationCanceledException or WebSocketException;
}
