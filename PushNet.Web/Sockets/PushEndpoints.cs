using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Actors.Channels;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Http;
using PushNet.Web.Rest;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Peers;
using PushNet.Web.Telemetry;

namespace PushNet.Web.Sockets;

/// <summary><c>/ws/live</c> and <c>/ws/odds</c>: the checks before the upgrade, in the order of docs/protocol.md#connecting.</summary>
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
            (HttpContext context, IRequiredActor<TPublisher> publisher, Admission admission, PushConnections connections) =>
                Serve(context, channel, publisher.ActorRef, admission, connections))
            .RequireAuthorization(channel.Name)
            .RequireCors(CrossOrigin.Refusals)
            .ExcludeFromDescription();

    private static async Task Serve(
        HttpContext context, PushChannel channel, IActorRef publisher, Admission admission, PushConnections connections)
    {
        if (SubscriptionQuery.Read(context.Request.Query, channel, out var wrong) is not { } asked)
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
            case SlotGranted granted:
                switch (admission.TakeFilter(context, channel, asked))
                {
                    case FilterRefused refused:
                        admission.Release(granted.ConnectionId);
                        await Refusal.Write(context.Response, refused, KeyIdentity.Of(context));
                        break;
                    case FilterTaken taken:
                        var place = new Place(granted.ConnectionId, admission, taken.Use);
                        await (fault is null ? connections.Accept(context, place, channel, taken.Subscription, publisher) : Refuse(context.Response, fault, place));
                        break;
                }

                break;
        }
    }

    private static Task Refuse(HttpResponse response, string fault, Place place)
    {
        place.Dispose();
        return Handshake.Refuse(response, fault);
    }
}
