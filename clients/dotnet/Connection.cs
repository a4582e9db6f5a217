using System.Buffers;
using System.Net.WebSockets;

namespace PushNet.Client;

/// <summary>One connection, from its handshake to its end.</summary>
internal sealed class Connection : IAsyncDisposable
{
    private const int ServiceRestart = 1012;
    private const int BufferBytes = 16 * 1024;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);
    private static readonly byte[] Ping = """{"type":"ping"}"""u8.ToArray();

    private readonly ClientWebSocket _socket = new();
    private readonly ArrayBufferWriter<byte> _message = new(BufferBytes);
    private readonly Uri _url;
    private readonly HttpMessageInvoker _invoker;
    private readonly TimeSpan _interval;

    public Connection(Uri url, string key, PushNetClientOptions options, HttpMessageInvoker invoker)
    {
        (_url, _invoker, _interval) = (url, invoker, options.PingInterval);
        _socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        _socket.Options.DangerousDeflateOptions = options.Compress ? new WebSocketDeflateOptions() : null;
    }

    /// <summary>Why it is over; null while it isn't.</summary>
    public ConnectionEnd? End { get; private set; }

    public async Task OpenAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_interval);
        try
        {
            await _socket.ConnectAsync(_url, _invoker, patience.Token);
        }
        catch (Exception) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            End = ConnectionEnd.Silent;
        }
        catch (WebSocketException)
        {
            End = ConnectionEnd.Unexplained;
        }
    }

    /// <summary>The next frame; null when there is none any more.</summary>
    public async ValueTask<Frame?> ReceiveAsync(CancellationToken cancellation)
    {
        if (End is not null)
        {
            return null;
        }

        try
        {
            _message.ResetWrittenCount();
            while (true)
            {
                var part = await ReadAsync(cancellation);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    End = OfClose((int?)_socket.CloseStatus, _socket.CloseStatusDescription);
                    return null;
                }

                _message.Advance(part.Count);
                if (part.EndOfMessage)
                {
                    return Frame.Parse(_message.WrittenSpan);
                }
            }
        }
        catch (TimeoutException)
        {
            _socket.Abort();
            End = ConnectionEnd.Silent;
        }
        catch (WebSocketException)
        {
            End = ConnectionEnd.Lost;
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var patience = new CancellationTokenSource(CloseTimeout);
            try
            {
                await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                // It is gone, or does not answer.
            }
        }

        _socket.Dispose();
    }

    /// <summary>Reads a part of a message, and asks for a sign of life when none comes.</summary>
    /// <exception cref="TimeoutException">The server gave none.</exception>
    private async ValueTask<ValueWebSocketReceiveResult> ReadAsync(CancellationToken cancellation)
    {
        var reading = _socket.ReceiveAsync(_message.GetMemory(BufferBytes), cancellation);
        if (reading.IsCompleted)
        {
            return await reading;
        }

        // A read that is canceled would end the connection, so it goes on while the server is asked.
        var pending = reading.AsTask();
        try
        {
            return await pending.WaitAsync(_interval, cancellation);
        }
        catch (TimeoutException)
        {
            await _socket.SendAsync(Ping, WebSocketMessageType.Text, true, cancellation);
            return await pending.WaitAsync(_interval, cancellation);
        }
    }

    private static ConnectionEnd OfClose(int? code, string? reason) => code == (int)WebSocketCloseStatus.PolicyViolation
        ? ConnectionEnd.Unexplained
        : new ConnectionEnd(false, string.IsNullOrEmpty(reason)
            ? code == ServiceRestart ? "the server restarts" : ConnectionEnd.Lost.Error : reason);
}

/// <summary>Why a connection is over.</summary>
/// <param name="MustAsk">Only the server can say whether trying again helps.</param>
/// <param name="Error">A sentence, unless the server is to be asked.</param>
internal sealed record ConnectionEnd(bool MustAsk, string Error)
{
    public static readonly ConnectionEnd Silent = new(false, "the server went silent");
    public static readonly ConnectionEnd Lost = new(false, "the connection was lost");
    public static readonly ConnectionEnd Unexplained = new(true, "");
}
