using PushNet.Web.Settings;

namespace PushNet.Web.Sockets;

/// <summary>WebSocket (RFC 6455), over HTTP/1.1 and HTTP/2.</summary>
internal sealed class WebSocketProtocol : PushProtocol
{
    public override string Name => "websocket";

    public override string Root => "ws";

    public override IEnumerable<string> Methods => [HttpMethods.Get, HttpMethods.Connect];

    public override string? FaultOf(HttpContext context) => Handshake.Fault(context);

    public override async Task<Transport> BeginAsync(HttpContext context, SocketOptions options)
    {
        var extension = SharedDeflate.AnswerTo(context.Request, options);
        var (stream, subProtocol) = await Handshake.Accept(context, extension);
        return Transport.Of(context, stream, subProtocol) with { SharesCompression = extension is not null };
    }

    public override PushSocket Open(SocketSetup setup) => new MessageSocket(setup);
}
