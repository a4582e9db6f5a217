using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Actors.Channels;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Operations.Telemetry;
using PushNet.Web.Rest;
using PushNet.Web.Security.Keys;

namespace PushNet.Web.Sockets;

/// <summary><c>/ws/live</c> and <c>/ws/odds</c>: the checks before the upgrade, in the order of contract section 1.</summary>
internal static class PushEndpoints
{
    public static void MapPush(this IEndpointRouteBuilder routes)
    {
        Map<LivePublisher>(routes, PushChannel.Live);
        Map<OddsPublisher>(routes, PushChannel.Odds);
    }

    // The key was checked by the authorization in front of the endpoint.
    private static void Map<TPublisher>(IEndpointRouteBuilder routes, PushChannel channel) =>
        routes.MapMethods(
            $"/ws/{channel.Name}",
            [HttpMethods.Get, HttpMethods.Connect],
            (HttpContext context, IRequiredActor<TPublisher> publisher, Admission admission, DistinctFilters filters, PushConnections connections) =>
                Serve(context, channel, publisher.ActorRef, admission, filters, connections))
            .RequireAuthorization(channel.Name)
            .RequireCors(CrossOrigin.Refusals)
            .ExcludeFromDescription();

    private static async Task Serve(
        HttpContext context, PushChannel channel, IActorRef publisher, Admission admission, DistinctFilters filters, PushConnections connections)
    {
        if (SubscriptionQuery.Read(context.Request.Query, channel, out var wrong) is not { } subscription)
        {
            context.CountRefusal(RefusalReason.Query);
            await context.Response.WriteErrorAsync(StatusCodes.Status400BadRequest, wrong!);
            return;
        }

        if (!admission.AllowsOrigin(context.Request))
        {
            context.CountRefusal(RefusalReason.Origin);
            await context.Response.WriteErrorAsync(
                StatusCodes.Status403Forbidden,
                $"pages of {context.Request.Headers.Origin} may not connect; the server's setting PushNet__Sockets__Origins (sockets.origins) lists those that may");
            return;
        }

        var fault = Handshake.Fault(context);
        switch (await admission.Acquire(context, peekOnly: fault is not null))
        {
            case ShareRefused refused:
                await Refusal.Write(context.Response, refused, KeyIdentity.Of(context));
                break;
            case SlotRefused refused:
                await Refusal.Write(context.Response, refused);
                break;
            case SlotGranted granted when !filters.TryTake(channel, subscription.Group):
                admission.Release(granted.ConnectionId);
                await Refusal.WriteTooManyFilters(context.Response, filters.Limit);
                break;
            case SlotGranted granted:
                var place = new Place(granted.ConnectionId, admission, filters, channel, subscription.Group);
                if (fault is null)
                {
                    await connections.Accept(context, place, channel, subscription, publisher);
                }
                else
                {
                    place.Dispose();
                    await Handshake.Refuse(context.Response, fault);
                }

                break;
        }
    }
}
