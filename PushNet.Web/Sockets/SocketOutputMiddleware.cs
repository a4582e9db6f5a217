using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using PushNet.Web.Http;

namespace PushNet.Web.Sockets;

/// <summary>
/// Gives every connection of an endpoint a <see cref="SocketOutput"/> as its output, and the feature
/// <see cref="ConnectionTakeover"/>.
/// </summary>
internal static class SocketOutputMiddleware
{
    /// <summary>Call it for an endpoint before TLS.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="timeout">A connection that takes nothing for this long while bytes wait is ended.</param>
    /// <param name="time">The server's clock.</param>
    public static void UseSocketOutput(this IConnectionBuilder endpoint, TimeSpan timeout, TimeProvider time)
    {
        // One for all connections.
        bool IsStalled(SocketOutput output) => output.IsStalled(timeout, time.GetElapsedTime(0));
        Func<SocketOutput, bool> isStalled = IsStalled;
        endpoint.Use(next => connection => RunAsync(connection, next, isStalled));
    }

    /// <summary>
    /// Lets a slow reader of an answer take its time, as long as it takes something before the timeout. Kestrel's own minimum rate cuts off
    /// honest readers, because it gives no time for what is written into its buffer and then flushed.
    /// </summary>
    public static void UseSocketPatience(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<ConnectionTakeover>() is not null)
        {
            LongRequest.LiftResponseRate(context.Features);
        }

        return next(context);
    });

    private static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next, Func<SocketOutput, bool> isStalled)
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
        {
            await next(connection);
            return;
        }

        var kestrels = connection.Transport;
        var takeover = new ConnectionTakeover(connection, kestrels.Input, new SocketOutput(socket, kestrels.Output), isStalled);
        connection.Features.Set(takeover);
        connection.Features.Set<IConnectionHeartbeatFeature>(takeover);
        connection.Transport = takeover.Transport;
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = kestrels;
            await takeover.RunAsync();
        }
    }
}
