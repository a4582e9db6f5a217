using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace PushNet.Web.Sockets;

/// <summary>Gives every connection of an endpoint a <see cref="SocketOutput"/>, as its output and as a feature.</summary>
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
        var output = new SocketOutput(socket, kestrels.Output);
        connection.Features.Set(output);
        connection.Transport = new Duplex(kestrels.Input, output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = kestrels;
        }
    });

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
