using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace PushNet.Web.Sockets;

/// <summary>What a conversation reads from and writes to.</summary>
/// <param name="Stream">The stream of the request.</param>
/// <param name="SubProtocol">The sub-protocol that was agreed on.</param>
/// <param name="Socket">The TCP socket, where there is one.</param>
/// <param name="Write">Writes bytes, past Kestrel's response path where that is possible; completes when the transport took them.</param>
/// <param name="End">Ends the connection.</param>
/// <param name="Closed">Canceled when the connection is gone.</param>
internal sealed record Transport(
    Stream Stream,
    string? SubProtocol,
    Socket? Socket,
    Func<ReadOnlyMemory<byte>, ValueTask> Write,
    IConnectionEnd End,
    CancellationToken Closed)
{
    /// <summary>True when permessage-deflate was agreed on, as <see cref="SharedDeflate"/> does.</summary>
    public bool SharesCompression { get; init; }

    /// <summary>True when the conversation has the connection to itself and may outlive the request.</summary>
    public bool HasConnection => Takeover is not null;

    private ConnectionTakeover? Takeover { get; init; }

    private RequestEnd? Request { get; init; }

    public static Transport Of(HttpContext context, Stream stream, string? subProtocol)
    {
        // In HTTP/2 a WebSocket is one stream of several on a socket, and its bytes go in frames of HTTP/2.
        var isAlone = HttpProtocol.IsHttp11(context.Request.Protocol);
        var socket = isAlone ? context.Features.Get<IConnectionSocketFeature>()?.Socket : null;

        // Under TLS the bytes must be encrypted first, which happens between the stream and the output. The feature tells, and
        // not the request's scheme, which a proxy in front may have changed.
        var isClear = context.Features.Get<ITlsHandshakeFeature>() is null;
        if (isAlone && isClear && context.Features.Get<ConnectionTakeover>() is { } takeover)
        {
            return new Transport(takeover.Stream, subProtocol, socket, takeover.Send, takeover, takeover.Closed) { Takeover = takeover };
        }

        var request = new RequestEnd(context);
        return new Transport(
            stream, subProtocol, socket, bytes => stream.WriteAsync(bytes, CancellationToken.None), request, context.RequestAborted)
        {
            Request = request,
        };
    }

    /// <summary>The socket, where what is written goes to it as it is and at once; otherwise null.</summary>
    public SafeSocketHandle? Direct => Takeover is null ? null : Socket?.SafeHandle;

    /// <summary>Begins a conversation: behind the request where that is possible, otherwise within it.</summary>
    public Task Converse(Func<Task> conversation)
    {
        if (Takeover is null)
        {
            return conversation();
        }

        Takeover.TakeOver(conversation);
        return Task.CompletedTask;
    }

    /// <summary>Throws away what the client says, until it is gone or reading is stopped.</summary>
    /// <exception cref="OperationCanceledException">This server ended the connection.</exception>
    public Task DiscardInput() => Takeover?.DiscardInput() ?? Request?.UntilGoneAsync(Closed) ?? Task.CompletedTask;

    private sealed class RequestEnd(HttpContext context) : IConnectionEnd
    {
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private volatile bool _isAborted;

        public async Task UntilGoneAsync(CancellationToken closed)
        {
            try
            {
                await _stopped.Task.WaitAsync(closed);
            }
            catch (OperationCanceledException) when (!_isAborted)
            {
                // The client is gone, and Kestrel does not tell how it left.
            }
        }

        public void Abort()
        {
            _isAborted = true;
            context.Abort();
        }

        public void StopReading()
        {
            context.Request.BodyReader.CancelPendingRead();
            _stopped.TrySetResult();
        }
    }
}
