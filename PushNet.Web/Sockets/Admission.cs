using PushNet.Actors.Admission;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Peers;

namespace PushNet.Web.Sockets;

/// <summary>Who may have a connection, how many, and for how many different things: the key that was let in, the page it comes from, the address, the caps.</summary>
internal sealed class Admission(Slots slots, DistinctFilters filters, PeerLimits peers, OriginPolicy origins)
{
    public bool AllowsOrigin(HttpRequest request) => origins.Allows(request);

    /// <summary>Asks for a slot.</summary>
    /// <param name="context">The request.</param>
    /// <param name="peekOnly">True to learn the answer without taking one.</param>
    public Task<SlotReply> Acquire(HttpContext context, bool peekOnly) =>
        slots.Acquire(peekOnly, context.RequestAborted, KeyIdentity.Of(context).Share, peers.ShareOf(context));

    /// <summary>Takes what a client asks for, in the names of its key and its address.</summary>
    public FilterReply TakeFilter(HttpContext context, PushChannel channel, Subscription asked) =>
        filters.Take(channel, asked, KeyIdentity.Of(context).Key.Id, peers.AddressOf(context));

    /// <summary>Gives a slot back; again does nothing.</summary>
    public void Release(long connectionId) => slots.Release(connectionId);
}
