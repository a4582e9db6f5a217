using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Channels;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Security.Peers;

namespace PushNet.Web.Sockets;

/// <summary><c>/ws/live</c> and <c>/ws/odds</c>: through the <see cref="Entrance"/> into a connection.</summary>
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
            (HttpContext context, IRequiredActor<TPublisher> publisher, Entrance entrance, PushConnections connections) =>
                Serve(context, channel, publisher.ActorRef, entrance, connections))
            .RequireAuthorization(channel.Name)
            .RequireCors(CrossOrigin.Refusals)
            .ExcludeFromDescription();

    private static async Task Serve(
        HttpContext context, PushChannel channel, IActorRef publisher, Entrance entrance, PushConnections connections)
    {
        switch (await entrance.EnterAsync(context, channel))
        {
            case Refusal refusal:
                await refusal.WriteAsync(context.Response);
                break;
            case Place place:
                await connections.Accept(context, place, channel, publisher);
                break;
        }
    }
}
