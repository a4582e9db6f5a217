namespace PushNet.Web.Sockets;

/// <summary>What a <see cref="FrameGate"/> tells the connection that it belongs to.</summary>
internal interface IGateOwner
{
    /// <summary>A read brought bytes.</summary>
    void Received();

    /// <summary>Ends the connection at once.</summary>
    void Abort();
}
