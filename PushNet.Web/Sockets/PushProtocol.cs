using PushNet.Web.Settings;

namespace PushNet.Web.Sockets;

/// <summary>What frames travel in: how a request for it is checked and answered.</summary>
internal abstract class PushProtocol
{
    public static readonly PushProtocol Messages = new WebSocketProtocol();

    public static readonly PushProtocol Events = new EventStreamProtocol();

    /// <summary>Its name for operators.</summary>
    public abstract string Name { get; }

    /// <summary>The first part of its addresses.</summary>
    public abstract string Root { get; }

    /// <summary>The methods of its addresses.</summary>
    public abstract IEnumerable<string> Methods { get; }

    /// <summary>What keeps a request from being served, as a sentence; null when nothing does.</summary>
    public abstract string? FaultOf(HttpContext context);

    /// <summary>Answers a request that has no fault, up to where the first frame goes.</summary>
    public abstract Task<Transport> BeginAsync(HttpContext context, SocketOptions options);

    /// <summary>Makes the connection.</summary>
    public abstract PushSocket Open(SocketSetup setup);
}
