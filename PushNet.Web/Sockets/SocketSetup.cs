using System.Net;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;

namespace PushNet.Web.Sockets;

/// <summary>What a connection begins with.</summary>
/// <param name="ConnectionId">Its <c>conn_id</c>.</param>
/// <param name="Transport">What it reads from and writes to.</param>
/// <param name="Secret">The key that let it in.</param>
/// <param name="Scope">Its channel.</param>
/// <param name="Address">The address of its client; null when it came over a Unix socket.</param>
/// <param name="Options">The settings of sockets.</param>
/// <param name="KeepAlive">When a silent client is ended.</param>
/// <param name="Time">The clock.</param>
internal sealed record SocketSetup(
    long ConnectionId,
    Transport Transport,
    HashedSecret Secret,
    string Scope,
    IPAddress? Address,
    SocketOptions Options,
    KeepAliveOptions KeepAlive,
    TimeProvider Time);
