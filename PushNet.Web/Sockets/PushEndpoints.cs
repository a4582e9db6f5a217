using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Channels;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Security.Peers;

namespace PushNet.Web.Sockets;

/// <summary>
/// <c>/ws/live</c> and <c>/ws/odds</c>, <c>/sse/live</c> and <c>/sse/odds</c>: through the <see cref="Entrance"/> into a connection.
/// </summary>
internal static class PushEndpoints
{
    private static readonly PushProtocol[] Protocols = [PushProtocol.Messages, PushProtocol.Events];

    /// <summary>True for the addresses of connections. Below them, nothing else answers.</summary>
    public static bool Has(PathString path) => Protocols.Any(protocol => path.StartsWithSegments($"/{protocol.Root}"));

    public static void MapPush(this IEndpointRouteBuilder routes)
    {
        foreach (var protocol in Protocols)
        {
            Map<LivePublisher>(routes, PushChannel.Live, protocol);
            Map<OddsPublisher>(routes, PushChannel.Odds, protocol);
        }
    }

    // The key was checked by the authorization in front of the endpoint.
    private static void Map<TPublisher>(IEndpointRouteBuilder routes, PushChannel channel, PushProtocol protocol) =>
        routes.MapMethods(
            $"/{protocol.Root}/{channel.Name}",
            protocol.Methods,
            (HttpContext context, IRequiredActor<TPublisher> publisher, Entrance entrance, PushConnections connections) =>
                Serve(context, protocol, channel, publisher.ActorRef, entrance, connections))
            .RequireAuthorization(channel.Name)
            .RequireCors(CrossOrigin.Refusals)
            .ExcludeFromDescription();

    private static async Task Serve(
        HttpContext context,
        PushProtocol protocol,
        PushChannel channel,
        IActorRef publisher,
        Entrance entrance,
        PushConnections connections)
    {
        switch (await entrance.EnterAsync(context, channel, protocol))
        {
            case Refusal refusal:
                await refusal.WriteAsync(context.Response);
                break;
            case Place place:
                await connections.Accept(context, protocol, place, channel, publisher);
                break;
        }
    }
}
