namespace PushNet.Web.Sockets;

/// <summary>The two ways to end a connection.</summary>
internal interface IConnectionEnd
{
    /// <summary>Ends it at once. What was sent and has not arrived is lost, and the client sees a reset.</summary>
    void Abort();

    /// <summary>
    /// Makes the reader stop, which ends the conversation. What was sent arrives, and the client sees the end of the stream.
    /// </summary>
    void StopReading();
}
