using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using Akka.Actor;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;

namespace PushNet.Web.Sockets;

/// <summary>
/// One client's WebSocket on the server. Our frames go through the gate, and .NET's own WebSocket does everything else of RFC 6455 on
/// the same gate. <see cref="End"/> is the last thing that happens to it.
/// </summary>
internal sealed class PushSocket : ISubscriberSocket, IKeyHolder, IGateOwner
{
    private readonly FrameGate _gate;
    private readonly IFrameWriter _writer;
    private readonly PeerLife _life;
    private readonly SendProgress _progress;
    private readonly TimeProvider _time;
    private readonly TimeSpan _closeTimeout;
    private readonly long _openedAt;
    private ConnectionHold _connection;
    private int _closing;
    private CloseWait? _closeWait;
    private int _pinging;

    public PushSocket(long connectionId, Transport transport, SocketOptions options, KeepAliveOptions keepAlive, TimeProvider time)
    {
        (ConnectionId, SharesCompression) = (connectionId, transport.SharesCompression);
        (_time, _closeTimeout) = (time, options.CloseTimeout);
        _openedAt = time.GetTimestamp();
        _life = new PeerLife(keepAlive.Interval, keepAlive.Timeout, Now);
        _connection = new ConnectionHold(transport.End, _life);
        _progress = new SendProgress(transport.Socket, keepAlive.Timeout);
        _gate = new FrameGate(transport.Stream, transport.Write, transport.Direct, this, time);
        WebSocket = WebSocket.CreateFromStream(_gate, new WebSocketCreationOptions
        {
            IsServer = true,
            SubProtocol = transport.SubProtocol,
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
            DangerousDeflateOptions = SharesCompression ? SharedDeflate.Receiving : null,
        });
        _writer = options.Writer == SocketOptions.Gate ? _gate : new WebSocketWriter(WebSocket);
    }

    public long ConnectionId { get; }

    public bool SharesCompression { get; }

    public required HashedSecret Secret { get; init; }

    public required string Scope { get; init; }

    /// <summary>The address of the client; null when it came over a Unix socket.</summary>
    public required IPAddress? Address { get; init; }

    /// <summary>The actor that writes; null until it has joined.</summary>
    public IActorRef? Subscriber { get; set; }

    /// <summary>How long the connection is open.</summary>
    public TimeSpan Age => _time.GetElapsedTime(_openedAt);

    /// <summary>How long the unfinished write has waited for the socket; zero when there is none.</summary>
    public TimeSpan Blocked => _gate.WritingSince is var since and > 0 ? _time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Bytes that the client has acknowledged, according to its kernel; null where that is not known.</summary>
    public long? BytesTaken => _progress.BytesTaken;

    public bool HasEnded => _connection.HasEnded;

    /// <summary>What ended it first; null while nothing has.</summary>
    public string? EndedBy => _connection.Cause;

    /// <summary>For reading messages.</summary>
    public WebSocket WebSocket { get; }

    /// <summary>For reading on when the WebSocket has given up.</summary>
    public Stream Stream => _gate;

    public bool IsClosing => Volatile.Read(ref _closing) != 0;

    private TimeSpan Now => _time.GetElapsedTime(0);

    // A connection that has ended must fail its subscriber's write: the subscriber may have joined too late to be stopped.
    public ValueTask WriteAsync(ReadOnlyMemory<byte> frames) =>
        HasEnded ? ValueTask.FromException(new IOException("the connection has ended"))
        : IsClosing ? ValueTask.CompletedTask
        : _writer.WriteFramesAsync(frames);

    public ValueTask WriteAsync(ReadOnlySequence<byte> frame) =>
        HasEnded ? ValueTask.FromException(new IOException("the connection has ended"))
        : IsClosing ? ValueTask.CompletedTask
        : _writer.WriteFrameAsync(frame);

    public bool TryPut(FrameBlock block, WriteRound round) => !IsClosing && _writer.TryPut(block, round);

    public void Close(int code, string reason) => Close(code, reason, EndCause.Of(code));

    private void Close(int code, string reason, string cause)
    {
        _connection.Because(cause);
        if (Interlocked.Exchange(ref _closing, 1) == 0)
        {
            _ = SendClose((WebSocketCloseStatus)code, reason);
        }
    }

    /// <summary>Answers the client's close frame with its own code (RFC 6455 section 5.5.1); 1000 when it had none.</summary>
    public Task EchoClose()
    {
        _connection.Because(EndCause.Client);
        return Interlocked.Exchange(ref _closing, 1) == 0
            ? SendClose(WebSocket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, WebSocket.CloseStatusDescription)
            : Task.CompletedTask;
    }

    /// <summary>
    /// The WebSocket gave up on what the client sent. It has sent a close frame by then, except when it could not inflate a message.
    /// </summary>
    public void GaveUp()
    {
        _connection.Because(EndCause.ProtocolError);
        if (Interlocked.Exchange(ref _closing, 1) == 0 && !_gate.IsClosing)
        {
            _ = SendClose(WebSocketCloseStatus.InvalidPayloadData, "a compressed message must be raw deflate without BFINAL");
        }
    }

    public void EndWithKey(string reason) => Close(CloseCodes.PolicyViolation, reason, EndCause.Key);

    /// <summary>An operator wants it to end. A client that does not take the close frame is aborted.</summary>
    public async Task Kick()
    {
        Close(CloseCodes.TryAgainLater, "disconnected by an operator", EndCause.Kicked);
        await Task.Delay(_closeTimeout, _time);
        Abort();
    }

    public void AbortStalled()
    {
        _connection.Because(EndCause.Stalled);
        Abort();
    }

    public void Received() => _life.Received();

    public void Abort()
    {
        if (WriteRound.Current is { } round)
        {
            round.Afterwards(Abort);
            return;
        }

        _connection.Abort();
    }

    /// <summary>The conversation is over: what aborts it may belong to somebody else from now on.</summary>
    public void End()
    {
        _connection.End();
        Interlocked.Exchange(ref _closing, 1);
    }

    /// <summary>Called for every connection by the one <see cref="KeepAliveSweep"/>.</summary>
    /// <returns>Why the connection was aborted; null when it lives.</returns>
    public string? Sweep()
    {
        var now = Now;
        if (IsClosing || _gate.IsClosing)
        {
            return SweepClosing(now);
        }

        var cause = _life.IsDead(now) ? EndCause.PingTimeout
            : _progress.IsStalled(_gate.WritingSince, now) ? EndCause.Stalled
            : null;
        if (cause is not null)
        {
            _connection.Because(cause);
            Abort();
        }
        else if (_life.IsPingDue(now) && Interlocked.Exchange(ref _pinging, 1) == 0)
        {
            _ = Ping();
        }

        return cause;
    }

    private string? SweepClosing(TimeSpan now)
    {
        _closeWait ??= new CloseWait(_closeTimeout, now);
        if (!_closeWait.IsOver(_gate.IsClosed, (BytesTaken ?? 0) + _life.Reads, now) && !_progress.IsStalled(_gate.WritingSince, now))
        {
            return null;
        }

        _connection.Because(EndCause.CloseTimeout);
        if (_closeWait.EndsGently || !_progress.HasAllArrived)
        {
            Abort();
            return EndCause.CloseTimeout;
        }

        // A reset would take from the client what it has not read yet, including the close frame. If this does not end the
        // connection, a later sweep aborts it.
        _closeWait.EndGently(now);
        _connection.StopReading();
        return EndCause.CloseTimeout;
    }

    private async Task Ping()
    {
        try
        {
            var begun = _life.PingBegins();
            await _gate.WriteFramesAsync(WebSocketFrame.Ping);
            _life.PingTaken(begun, Now);
        }
        catch (Exception e) when (IsConnectionLoss(e))
        {
            Abort();
        }
        finally
        {
            Interlocked.Exchange(ref _pinging, 0);
        }
    }

    private async Task SendClose(WebSocketCloseStatus code, string? reason)
    {
        try
        {
            await (WebSocket.State is WebSocketState.Aborted && !_gate.IsClosing
                ? _gate.WriteAsync(WebSocketFrame.Close((int)code, reason ?? "")).AsTask()
                : WebSocket.CloseOutputAsync(code, WebSocketFrame.FittingReason(reason ?? ""), CancellationToken.None));
        }
        catch (Exception e) when (IsConnectionLoss(e))
        {
            Abort();
        }
    }

    // The last is what a completed pipe of Kestrel throws. It counts only here: inside a subscriber it would be a defect to be logged.
    public static bool IsConnectionLoss(Exception e) => ConnectionLoss.Is(e) || e is InvalidOperationException;
}
