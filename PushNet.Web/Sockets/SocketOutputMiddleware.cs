using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace PushNet.Web.Sockets;

/// <summary>Gives every connection of an endpoint a <see cref="SocketOutput"/> as its output, and the feature <see cref="ConnectionTakeover"/>.</summary>
internal static class SocketOutputMiddleware
{
    public static void UseSocketOutput(this IConnectionBuilder endpoint) => endpoint.Use(next => async connection =>
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
        {
            await next(connection);
            return;
        }

        var kestrels = connection.Transport;
        var takeover = new ConnectionTakeover(connection, kestrels.Input, new SocketOutput(socket, kestrels.Output));
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
    });
}
