using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace PushNet.Web.Sockets;

/// <summary>
/// Kestrel's output, sent in the thread that flushes. Kestrel's own output copies into a pipe that a second thread
/// sends from; under fan-out that hop and its buffers cost half the CPU. A flush ends when the socket took the bytes, and
/// a buffer is held only while bytes wait. One writer at a time, like any <see cref="PipeWriter"/>.
/// </summary>
internal sealed class SocketOutput : PipeWriter
{
    private const int SmallestBuffer = 4096;

    private readonly Socket _socket;
    private readonly PipeWriter _replaced;
    private readonly Lock _gate = new();
    private byte[] _buffer = [];
    private int _written;
    private Task _sending = Task.CompletedTask;
    private TaskCompletionSource? _flushing;
    private bool _cancelNextFlush;
    private bool _socketFailed;
    private bool _staysOpen;
    private long _sends;
    private SendProgress? _progress;

    /// <summary>An output of its own for a connection.</summary>
    /// <param name="socket">The connection's socket.</param>
    /// <param name="replaced">The output it stands in for; completed at the end, which makes Kestrel shut the socket down.</param>
    public SocketOutput(Socket socket, PipeWriter replaced)
    {
        (_socket, _replaced) = (socket, replaced);

        // A send in the caller's thread takes what fits and does not wait.
        socket.Blocking = false;
    }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _written;

    /// <summary>
    /// Sends bytes past the buffer, for a caller that has the connection to itself and keeps them unchanged until the end.
    /// </summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        // What the socket takes at once needs none of the objects of an asynchronous send, which would hold on to the bytes.
        var sent = _socket.Send(bytes.Span, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success when sent == bytes.Length => ValueTask.CompletedTask,
            SocketError.Success or SocketError.WouldBlock => Finish(bytes[sent..]),
            _ => ValueTask.FromException(new IOException($"the connection is gone ({error})")),
        };
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_written);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)(_buffer.Length - _written), nameof(bytes));
        _written += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        }

        lock (_gate)
        {
            if (_cancelNextFlush)
            {
                _cancelNextFlush = false;
                return new ValueTask<FlushResult>(new FlushResult(isCanceled: true, _socketFailed));
            }

            if (SendRest().IsCompleted)
            {
                return new ValueTask<FlushResult>(new FlushResult(isCanceled: false, _socketFailed));
            }

            _flushing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return Wait(_flushing.Task, cancellationToken);
        }
    }

    public override void CancelPendingFlush()
    {
        lock (_gate)
        {
            _cancelNextFlush = _flushing is null;
            _flushing?.TrySetResult();
        }
    }

    /// <summary>
    /// True when the peer has taken nothing for the timeout although bytes wait. Must be asked repeatedly, by one caller at a time.
    /// </summary>
    /// <param name="timeout">The longest time without a byte.</param>
    /// <param name="now">The time.</param>
    public bool IsStalled(TimeSpan timeout, TimeSpan now)
    {
        if (_sending.IsCompleted)
        {
            _progress = null;
            return false;
        }

        _progress ??= new SendProgress(_socket, timeout);
        return _progress.IsStalled(Interlocked.Read(ref _sends), now);
    }

    /// <summary>Whoever completes it is done with it, but the connection isn't: Kestrel closes it in the end.</summary>
    public void KeepOpen() => _staysOpen = true;

    public override void Complete(Exception? exception = null) => _ = CompleteAsync(exception).AsTask();

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        await _sending;
        while (exception is null && SendRest() is { IsCompleted: false } sending)
        {
            await sending;
        }

        LetBufferGo();
        if (!_staysOpen)
        {
            await _replaced.CompleteAsync(exception);
        }
    }

    private async ValueTask Finish(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _socket.SendAsync(bytes, SocketFlags.None, CancellationToken.None);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private async ValueTask<FlushResult> Wait(Task cancelled, CancellationToken cancellationToken)
    {
        try
        {
            while (SendRest() is { IsCompleted: false } sending
                && await Task.WhenAny(sending, cancelled).WaitAsync(cancellationToken) == sending)
            {
            }
        }
        finally
        {
            lock (_gate)
            {
                _flushing = null;
            }
        }

        // A cancel that found this flush pending is told here, even when everything was sent meanwhile: no other flush will tell it.
        return new FlushResult(isCanceled: cancelled.IsCompleted, _socketFailed);
    }

    /// <summary>Sends one after the other, whoever asks, because a completion may come beside a pending flush.</summary>
    /// <returns>The send under way; completed when nothing is left to send.</returns>
    private Task SendRest()
    {
        lock (_gate)
        {
            return _sending = _sending.IsCompleted ? SendBuffer() : _sending;
        }
    }

    private async Task SendBuffer()
    {
        var (bytes, count) = (_buffer, _written);
        if (count == 0)
        {
            LetBufferGo();
            return;
        }

        (_buffer, _written) = ([], 0);
        _sends++;
        try
        {
            if (!_socketFailed)
            {
                await SendAsync(bytes.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Acts like a pipe whose reader is gone: later flushes say completed, and what is written goes nowhere.
            _socketFailed = true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void EnsureRoom(int size)
    {
        if (_buffer.Length - _written >= size)
        {
            return;
        }

        var written = _written;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestBuffer, _written + Math.Max(size, _written)));
        _buffer.AsSpan(0, _written).CopyTo(larger);
        LetBufferGo();
        (_buffer, _written) = (larger, written);
    }

    private void LetBufferGo()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _written) = ([], 0);
        }
    }
}
