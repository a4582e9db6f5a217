using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Peers;

namespace PushNet.Web.Sockets;

/// <summary>What the entrance answers: a <see cref="Place"/> or a <see cref="Refusal"/>.</summary>
internal abstract class EntranceReply;

/// <summary>
/// The checks before a connection begins: what is asked for and offered, the page it comes from, the caps on connections and on different
/// filters, and the handshake. The key was checked by the authorization in front of the endpoint.
/// </summary>
internal sealed class Entrance(IRequiredActor<ConnectionLimiter> limiter, DistinctFilters filters, PeerLimits peers, OriginPolicy origins)
{
    /// <summary>Asks for a place.</summary>
    /// <param name="context">The request.</param>
    /// <param name="channel">The channel that it is for.</param>
    /// <param name="protocol">What the frames are to travel in.</param>
    /// <returns>A <see cref="Place"/>, which must be disposed of,
    /// or the first <see cref="Refusal"/> in the order of docs/protocol.md#connecting.</returns>
    /// <exception cref="OperationCanceledException">The client went away meanwhile; it holds no place.</exception>
    public async Task<EntranceReply> EnterAsync(HttpContext context, PushChannel channel, PushProtocol protocol)
    {
        if (SubscriptionQuery.Read(context.Request.Query, channel, protocol.Root, out var wrong) is not { } asked)
        {
            return Refusal.Query(wrong!);
        }

        if (ExtensionOffer.Read(context.Request.Headers.SecWebSocketExtensions) is null)
        {
            return Refusal.Extensions(context.Request.Headers.SecWebSocketExtensions);
        }

        if (!origins.Allows(context.Request))
        {
            return Refusal.Origin(context.Request.Headers.Origin);
        }

        // A request that can't be served needs no slot, but is told first that there is none.
        var secret = KeyIdentity.Of(context);
        var fault = protocol.FaultOf(context);
        var acquire = new AcquireSlot(PeekOnly: fault is not null, secret.Share, peers.ShareOf(context));
        switch (await Place.AcquireAsync(limiter.ActorRef, acquire, context.RequestAborted))
        {
            case ShareRefused refused:
                return Refusal.Of(refused, secret);
            case SlotRefused refused:
                return Refusal.Of(refused);
            case SlotGranted slot:
                var filter = filters.Take(channel, asked, secret.Key.Id, peers.AddressOf(context));
                var taken = filter as FilterTaken;
                var place = new Place(limiter.ActorRef, slot.ConnectionId, taken?.Subscription ?? asked, taken?.Use);
                var refusal = filter is FilterRefused tooMany ? Refusal.Of(tooMany, secret) : fault is null
                    ? null : Refusal.NoHandshake(fault);
                if (refusal is null)
                {
                    return place;
                }

                place.Dispose();
                return refusal;
            case var other:
                throw new NotSupportedException($"the limiter answers {other}");
        }
    }
}
