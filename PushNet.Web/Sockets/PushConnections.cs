using Akka.Actor;
using PushNet.Actors.Channels;
using PushNet.Actors.Channels.Groups;
using PushNet.Actors.Subscribers;
using PushNet.Web.Operations;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;

namespace PushNet.Web.Sockets;

/// <summary>The life of one connection from the upgrade to its end.</summary>
internal sealed partial class PushConnections(
    ActorSystem system, SocketRegistry registry, PushNetOptions options, TimeProvider time, ILogger<PushConnections> log)
{
    /// <summary>Upgrades, joins the channel, and reads until the connection has ended. The slot stays the caller's.</summary>
    public async Task Run(HttpContext context, long connectionId, PushChannel channel, Subscription subscription, IActorRef publisher)
    {
        LongRequest.LiftLimits(context.Features);
        var (stream, subProtocol) = await Handshake.Accept(context);
        var socket = new PushSocket(connectionId, Transport.Of(context, stream, subProtocol), context.Abort, options, time)
        {
            Secret = KeyIdentity.Of(context),
            Scope = channel.Name,
        };
        IActorRef? subscriber = null;
        registry.Add(socket);
        try
        {
            var joined = await publisher.Ask<Joined>(new Join(connectionId, socket, subscription), Timeout.InfiniteTimeSpan, context.RequestAborted);
            subscriber = joined.Subscriber;
            await new ClientReader(socket, subscriber, time).RunAsync(context.RequestAborted);
        }
        catch (Exception e) when (PushSocket.IsConnectionLoss(e))
        {
            LogLost(log, connectionId, e.Message);
        }
        finally
        {
            registry.Remove(socket);
            socket.End();
            if (subscriber is not null)
            {
                system.Stop(subscriber);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Connection {ConnectionId} lost: {Reason}")]
    private static partial void LogLost(ILogger log, long connectionId, string reason);
}
