using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Actors.Channels;
using PushNet.Web.Rest;

namespace PushNet.Web.Sockets;

/// <summary><c>/ws/live</c> and <c>/ws/odds</c>: the checks before the upgrade, in the order of contract section 1.</summary>
internal static class PushEndpoints
{
    private const string KeyParameter = "key";

    public static void MapPush(this IEndpointRouteBuilder routes)
    {
        Map<LivePublisher>(routes, PushChannel.Live);
        Map<OddsPublisher>(routes, PushChannel.Odds);
    }

    // The key was checked by the authorization in front of the endpoint.
    private static void Map<TPublisher>(IEndpointRouteBuilder routes, PushChannel channel) =>
        routes.MapGet($"/ws/{channel.Name}", (HttpContext context, IRequiredActor<TPublisher> publisher, Slots slots, PushConnections connections) =>
            Serve(context, channel, publisher.ActorRef, slots, connections)).RequireAuthorization(channel.Name);

    private static async Task Serve(HttpContext context, PushChannel channel, IActorRef publisher, Slots slots, PushConnections connections)
    {
        if (context.Request.Query.Keys.FirstOrDefault(key => key != KeyParameter) is { } unknown)
        {
            await context.Response.WriteErrorAsync(
                StatusCodes.Status400BadRequest, $"\"{unknown}\" is not a query key of this server; the only one is \"{KeyParameter}\"");
            return;
        }

        var fault = Handshake.Fault(context);
        switch (await slots.Acquire(peekOnly: fault is not null, context.RequestAborted))
        {
            case SlotRefused refused:
                await Refusal.Write(context.Response, refused);
                break;
            case SlotGranted when fault is not null:
                await Handshake.Refuse(context.Response, fault);
                break;
            case SlotGranted granted:
                try
                {
                    await connections.Run(context, granted.ConnectionId, channel, publisher);
                }
                finally
                {
                    slots.Release(granted.ConnectionId);
                }

                break;
        }
    }
}
