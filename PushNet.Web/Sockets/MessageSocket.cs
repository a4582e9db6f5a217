using System.Buffers;
using System.Net.WebSockets;
using Akka.Actor;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;
using PushNet.Web.Settings;

namespace PushNet.Web.Sockets;

/// <summary>
/// A client's WebSocket on the server. Our frames go through the gate, and .NET's own WebSocket does everything else of RFC 6455 on
/// the same gate.
/// </summary>
internal sealed class MessageSocket : PushSocket
{
    private readonly IFrameWriter _writer;

    public MessageSocket(SocketSetup setup)
        : base(setup, setup.KeepAlive.Interval)
    {
        SharesCompression = setup.Transport.SharesCompression;
        WebSocket = WebSocket.CreateFromStream(Gate, new WebSocketCreationOptions
        {
            IsServer = true,
            SubProtocol = setup.Transport.SubProtocol,
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
            DangerousDeflateOptions = SharesCompression ? SharedDeflate.Receiving : null,
        });
        _writer = setup.Options.Writer == SocketOptions.Gate ? Gate : new WebSocketWriter(WebSocket);
    }

    public override PushProtocol Protocol => PushProtocol.Messages;

    public override bool SharesCompression { get; }

    /// <summary>For reading messages.</summary>
    public WebSocket WebSocket { get; }

    /// <summary>For reading on when the WebSocket has given up.</summary>
    public Stream Stream => Gate;

    public override bool TryPut(FrameBlock block, WriteRound round) => !IsClosing && _writer.TryPut(block, round);

    public override Task ListenAsync(IActorRef subscriber, CancellationToken aborted) =>
        new ClientReader(this, subscriber, Time).RunAsync(aborted);

    /// <summary>Answers the client's close frame with its own code (RFC 6455 section 5.5.1); 1000 when it had none.</summary>
    public Task EchoClose()
    {
        Because(EndCause.Client);
        return BeginClosing()
            ? SendClose((int)(WebSocket.CloseStatus ?? WebSocketCloseStatus.NormalClosure), WebSocket.CloseStatusDescription)
            : Task.CompletedTask;
    }

    /// <summary>
    /// The WebSocket gave up on what the client sent. It has sent a close frame by then, except when it could not inflate a message.
    /// </summary>
    public void GaveUp()
    {
        Because(EndCause.ProtocolError);
        if (BeginClosing() && !Gate.IsClosing)
        {
            _ = SendClose(CloseCodes.InvalidPayload, "a compressed message must be raw deflate without BFINAL");
        }
    }

    protected override ValueTask WriteFramesAsync(ReadOnlyMemory<byte> frames) => _writer.WriteFramesAsync(frames);

    protected override ValueTask WriteFrameAsync(ReadOnlySequence<byte> frame) => _writer.WriteFrameAsync(frame);

    protected override ValueTask WriteBlockAsync(FrameBlock block) => _writer.WriteFramesAsync(block.Bytes);

    protected override async Task BeatAsync(PeerLife life)
    {
        var begun = life.PingBegins();
        await Gate.WriteFramesAsync(WebSocketFrame.Ping);
        life.PingTaken(begun, Time.GetElapsedTime(0));
    }

    protected override Task SendCloseAsync(int code, string? reason) =>
        WebSocket.State is WebSocketState.Aborted && !Gate.IsClosing
            ? Gate.WriteAsync(WebSocketFrame.Close(code, reason ?? "")).AsTask()
            : WebSocket.CloseOutputAsync((WebSocketCloseStatus)code, WebSocketFrame.FittingReason(reason ?? ""), CancellationToken.None);
}
