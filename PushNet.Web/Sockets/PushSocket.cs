using System.Buffers;
using System.Net;
using Akka.Actor;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;
using PushNet.Web.Security.Keys;

namespace PushNet.Web.Sockets;

/// <summary>
/// One client's connection on the server, whatever its frames travel in. All writes go through the gate. <see cref="End"/> is the last
/// thing that happens to it.
/// </summary>
internal abstract class PushSocket : ISubscriberSocket, IKeyHolder, IGateOwner
{
    private readonly PeerLife _life;
    private readonly SendProgress _progress;
    private readonly TimeProvider _time;
    private readonly TimeSpan _closeTimeout;
    private readonly long _openedAt;
    private ConnectionHold _connection;
    private int _closing;
    private CloseWait? _closeWait;
    private int _beating;

    /// <summary>A connection that is open.</summary>
    /// <param name="setup">What it begins with.</param>
    /// <param name="beat">How often <see cref="BeatAsync"/> is called.</param>
    protected PushSocket(SocketSetup setup, TimeSpan beat)
    {
        (ConnectionId, Secret, Scope, Address) = (setup.ConnectionId, setup.Secret, setup.Scope, setup.Address);
        (_time, _closeTimeout) = (setup.Time, setup.Options.CloseTimeout);
        _openedAt = _time.GetTimestamp();
        var (transport, timeout) = (setup.Transport, setup.KeepAlive.Timeout);
        _life = new PeerLife(beat, timeout, Now);
        _connection = new ConnectionHold(transport.End, _life);
        _progress = new SendProgress(transport.Socket, timeout);
        Gate = new FrameGate(transport.Stream, transport.Write, transport.Direct, this, _time);
    }

    public long ConnectionId { get; }

    /// <summary>What its frames travel in.</summary>
    public abstract PushProtocol Protocol { get; }

    public abstract bool SharesCompression { get; }

    public HashedSecret Secret { get; }

    public string Scope { get; }

    /// <summary>The address of the client; null when it came over a Unix socket.</summary>
    public IPAddress? Address { get; }

    /// <summary>The actor that writes; null until it has joined.</summary>
    public IActorRef? Subscriber { get; set; }

    /// <summary>How long the connection is open.</summary>
    public TimeSpan Age => _time.GetElapsedTime(_openedAt);

    /// <summary>How long the unfinished write has waited for the socket; zero when there is none.</summary>
    public TimeSpan Blocked => Gate.WritingSince is var since and > 0 ? _time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Bytes that the client has acknowledged, according to its kernel; null where that is not known.</summary>
    public long? BytesTaken => _progress.BytesTaken;

    public bool HasEnded => _connection.HasEnded;

    /// <summary>What ended it first; null while nothing has.</summary>
    public string? EndedBy => _connection.Cause;

    public bool IsClosing => Volatile.Read(ref _closing) != 0;

    /// <summary>Lets one writer at a time through.</summary>
    protected FrameGate Gate { get; }

    protected TimeProvider Time => _time;

    private TimeSpan Now => _time.GetElapsedTime(0);

    // A connection that has ended must fail its subscriber's write: the subscriber may have joined too late to be stopped.
    private ValueTask? Unwritten =>
        HasEnded ? ValueTask.FromException(new IOException("the connection has ended")) : IsClosing ? ValueTask.CompletedTask : null;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> frames) => Unwritten ?? WriteFramesAsync(frames);

    public ValueTask WriteAsync(ReadOnlySequence<byte> frame) => Unwritten ?? WriteFrameAsync(frame);

    public ValueTask WriteAsync(FrameBlock block) => Unwritten ?? WriteBlockAsync(block);

    public abstract bool TryPut(FrameBlock block, WriteRound round);

    /// <summary>Reads, and answers, until the connection has ended one way or another.</summary>
    /// <param name="subscriber">The actor that writes answers.</param>
    /// <param name="aborted">Canceled when the connection was aborted.</param>
    public abstract Task ListenAsync(IActorRef subscriber, CancellationToken aborted);

    public void Close(int code, string reason) => Close(code, reason, EndCause.Of(code));

    public void EndWithKey(string reason) => Close(CloseCodes.PolicyViolation, reason, EndCause.Key);

    /// <summary>An operator wants it to end. A client that does not take the close is aborted.</summary>
    public async Task Kick()
    {
        Close(CloseCodes.TryAgainLater, "disconnected by an operator", EndCause.Kicked);
        await Task.Delay(_closeTimeout, _time);
        Abort();
    }

    public void AbortStalled()
    {
        Because(EndCause.Stalled);
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
        BeginClosing();
    }

    /// <summary>Called for every connection by the one <see cref="KeepAliveSweep"/>.</summary>
    /// <returns>Why the connection was aborted; null when it lives.</returns>
    public string? Sweep()
    {
        var now = Now;
        if (IsClosing || Gate.IsClosing)
        {
            return SweepClosing(now);
        }

        var cause = _life.IsDead(now) ? EndCause.PingTimeout
            : _progress.IsStalled(Gate.WritingSince, now) ? EndCause.Stalled
            : null;
        if (cause is not null)
        {
            Because(cause);
            Abort();
        }
        else if (_life.IsPingDue(now) && Interlocked.Exchange(ref _beating, 1) == 0)
        {
            _ = Beat();
        }

        return cause;
    }

    // The last is what a completed pipe of Kestrel throws. It counts only here: inside a subscriber it would be a defect to be logged.
    public static bool IsConnectionLoss(Exception e) => ConnectionLoss.Is(e) || e is InvalidOperationException;

    protected abstract ValueTask WriteFramesAsync(ReadOnlyMemory<byte> frames);

    protected abstract ValueTask WriteFrameAsync(ReadOnlySequence<byte> frame);

    protected abstract ValueTask WriteBlockAsync(FrameBlock block);

    /// <summary>Writes what keeps a silent connection open.</summary>
    /// <param name="life">Told of what the client must answer.</param>
    protected abstract Task BeatAsync(PeerLife life);

    /// <summary>Tells the client that the server closes, behind what is being written.</summary>
    protected abstract Task SendCloseAsync(int code, string? reason);

    /// <summary>Notes why it ends. Only the first cause counts.</summary>
    protected void Because(string cause) => _connection.Because(cause);

    /// <summary>Ends the conversation. What was sent arrives.</summary>
    protected void StopReading() => _connection.StopReading();

    /// <summary>From now on nothing but a close is written.</summary>
    /// <returns>False when that was so already.</returns>
    protected bool BeginClosing() => Interlocked.Exchange(ref _closing, 1) == 0;

    /// <summary>Sends the close; ends the connection at once where that fails.</summary>
    protected async Task SendClose(int code, string? reason)
    {
        try
        {
            await SendCloseAsync(code, reason);
        }
        catch (Exception e) when (IsConnectionLoss(e))
        {
            Abort();
        }
    }

    private void Close(int code, string reason, string cause)
    {
        Because(cause);
        if (BeginClosing())
        {
            _ = SendClose(code, reason);
        }
    }

    private string? SweepClosing(TimeSpan now)
    {
        _closeWait ??= new CloseWait(_closeTimeout, now);
        if (!_closeWait.IsOver(Gate.IsClosed, (BytesTaken ?? 0) + _life.Reads, now) && !_progress.IsStalled(Gate.WritingSince, now))
        {
            return null;
        }

        Because(EndCause.CloseTimeout);
        if (_closeWait.EndsGently || !_progress.HasAllArrived)
        {
            Abort();
            return EndCause.CloseTimeout;
        }

        // A reset would take from the client what it has not read yet, including the close frame. If this does not end the
        // connection, a later sweep aborts it.
        _closeWait.EndGently(now);
        StopReading();
        return EndCause.CloseTimeout;
    }

    private async Task Beat()
    {
        try
        {
            await BeatAsync(_life);
        }
        catch (Exception e) when (IsConnectionLoss(e))
        {
            Abort();
        }
        finally
        {
            Interlocked.Exchange(ref _beating, 0);
        }
    }
}
