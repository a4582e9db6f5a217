namespace PushNet.Web.Sockets;

/// <summary>The two ways to end a connection.</summary>
internal interface IConnectionEnd
{
    /// <summary>At once: what was sent and has not arrived is lost, and the client sees a reset.</summary>
    void Abort();

    /// <summary>
    /// Lets the reader read no more, which ends the conversation: what was sent arrives, and the client sees the end of the stream.
    /// </summary>
    void StopReading();
}
