using Akka.Actor;
using PushNet.Actors.Channels;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Http;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;
using PushNet.Web.Telemetry;

namespace PushNet.Web.Sockets;

/// <summary>The life of one connection from the answer to its request to its end.</summary>
internal sealed partial class PushConnections(
    ActorSystem system,
    SocketRegistry registry,
    SocketOptions options,
    KeepAliveOptions keepAlive,
    ConnectionMetrics metrics,
    TimeProvider time,
    ILogger<PushConnections> log)
{
    /// <summary>
    /// Answers a request. The conversation begins behind it where the connection can be taken over from HTTP, otherwise within it.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="protocol">What the frames travel in.</param>
    /// <param name="place">What the connection takes up; given back at its end.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="publisher">The channel's publisher.</param>
    public async Task Accept(HttpContext context, PushProtocol protocol, Place place, PushChannel channel, IActorRef publisher)
    {
        Transport transport;
        PushSocket socket;
        try
        {
            LongRequest.LiftLimits(context.Features);
            transport = await protocol.BeginAsync(context, options);
            socket = protocol.Open(new SocketSetup(
                place.ConnectionId,
                transport,
                KeyIdentity.Of(context),
                channel.Name,
                context.Connection.RemoteIpAddress,
                options,
                keepAlive,
                time));
        }
        catch
        {
            place.Dispose();
            throw;
        }

        await transport.Converse(new Conversation(this, socket, place, publisher, transport.Closed).RunAsync);
    }

    private async Task Converse(Conversation conversation)
    {
        using var place = conversation.Place;
        var socket = conversation.Socket;
        registry.Add(socket);
        metrics.Opened(socket.Scope, socket.Protocol.Name);
        try
        {
            // A client that was turned away is closing. What it says until then is read and not answered.
            var subscriber = await Join(conversation);
            socket.Subscriber = subscriber.IsNobody() ? null : subscriber;
            await socket.ListenAsync(subscriber, conversation.Closed);
        }
        catch (Exception e) when (PushSocket.IsConnectionLoss(e))
        {
            LogLost(log, socket.ConnectionId, e.Message);
        }
        finally
        {
            registry.Remove(socket);
            socket.End();
            metrics.Closed(socket.Scope, socket.Protocol.Name, socket.EndedBy ?? EndCause.Lost);
            if (socket.Subscriber is { } joined)
            {
                system.Stop(joined);
            }
        }
    }

    // A method of its own, so that a connection holds nothing of the measuring while it is open.
    private async Task<IActorRef> Join(Conversation conversation)
    {
        var socket = conversation.Socket;
        using var trace = Traces.Join(socket.Scope, socket.ConnectionId);
        var begin = time.GetTimestamp();
        var join = new Join(socket.ConnectionId, socket, conversation.Place.Subscription);
        var joined = await conversation.Publisher.Ask<Joined>(join, Timeout.InfiniteTimeSpan, conversation.Closed);
        if (!joined.Subscriber.IsNobody())
        {
            metrics.Joined(socket.Scope, time.GetElapsedTime(begin));
        }

        return joined.Subscriber;
    }

    [LoggerMessage(1, LogLevel.Debug, "Connection {ConnectionId} lost: {Reason}")]
    private static partial void LogLost(ILogger log, long connectionId, string reason);

    // Not a lambda, which would hold on to the request. Not asynchronous either, which would hold more for as long as it lasts.
    private sealed record Conversation(
        PushConnections Connections, PushSocket Socket, Place Place, IActorRef Publisher, CancellationToken Closed)
    {
        public Task RunAsync() => Connections.Converse(this);
    }
}
