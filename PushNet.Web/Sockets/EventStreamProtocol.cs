using Microsoft.Net.Http.Headers;
using PushNet.Actors.Wire;
using PushNet.Web.Settings;

namespace PushNet.Web.Sockets;

/// <summary>Server-sent events, over any version of HTTP. There is no resuming: <c>Last-Event-ID</c> is not read.</summary>
internal sealed class EventStreamProtocol : PushProtocol
{
    public override string Name => "sse";

    public override string Root => "sse";

    public override IEnumerable<string> Methods => [HttpMethods.Get];

    public override string? FaultOf(HttpContext context) => null;

    public override async Task<Transport> BeginAsync(HttpContext context, SocketOptions options)
    {
        var headers = context.Response.Headers;
        headers.ContentType = EventStream.MediaType;
        headers.CacheControl = CacheControlHeaderValue.NoStoreString;

        // nginx collects an answer in its buffers otherwise.
        headers["X-Accel-Buffering"] = "no";
        var transport = Transport.Of(context, context.Response.Body, subProtocol: null);
        if (transport.HasConnection)
        {
            // Kestrel makes no chunks when it finds this, and reads no further request.
            headers.TransferEncoding = "chunked";
            headers.Connection = "close";
        }

        await context.Response.StartAsync(context.RequestAborted);
        return transport;
    }

    public override PushSocket Open(SocketSetup setup) => new EventStreamSocket(setup);
}
