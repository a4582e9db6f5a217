using PushNet.Actors.Admission;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Peers;

namespace PushNet.Web.Sockets;

/// <summary>Who may have a connection, and how many: the key that was let in, the page it comes from, the address, the cap.</summary>
internal sealed class Admission(Slots slots, PeerLimits peers, OriginPolicy origins)
{
    public bool AllowsOrigin(HttpRequest request) => origins.Allows(request);

    /// <summary>Asks for a slot.</summary>
    /// <param name="context">The request.</param>
    /// <param name="peekOnly">True to learn the answer without taking one.</param>
    public Task<SlotReply> Acquire(HttpContext context, bool peekOnly) =>
        slots.Acquire(peekOnly, context.RequestAborted, KeyIdentity.Of(context).Share, peers.ShareOf(context));

    /// <summary>Gives a slot back; again does nothing.</summary>
    public void Release(long connectionId) => slots.Release(connectionId);
}
