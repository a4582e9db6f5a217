using System.Buffers;
using System.Net.Sockets;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;
using PushNet.Web.Http;
using PushNet.Web.Sockets.Ring;

namespace PushNet.Web.Sockets;

/// <summary>
/// One gate around the writes of an upgraded stream. .NET's WebSocket writes its control frames through it as a
/// <see cref="Stream"/>, and our pre-framed bytes go through <see cref="WriteFramesAsync"/>. Frames never mix, and no frame
/// follows a close frame (RFC 6455 section 5.5.1).
/// </summary>
/// <param name="inner">The upgraded stream.</param>
/// <param name="write">Writes to the transport, without a need to flush.</param>
/// <param name="socket">The socket that the transport writes to, where frames may go straight to it; otherwise null.</param>
/// <param name="owner">The connection.</param>
/// <param name="time">The clock of <see cref="WritingSince"/>.</param>
internal sealed class FrameGate(
    Stream inner, Func<ReadOnlyMemory<byte>, ValueTask> write, SafeSocketHandle? socket, IGateOwner owner, TimeProvider time)
    : AsyncStream, IFrameWriter
{
    private const byte CloseFrame = 0x88;

    private Turn _turn;
    private HeaderRule _headers;
    private byte _padding;
    private bool _isClosing;
    private bool _closed;
    private long _writingSince;

    /// <summary>When the write began that the transport has not finished, as a timestamp of the clock; 0 when there is none.</summary>
    public long WritingSince => Interlocked.Read(ref _writingSince);

    /// <summary>True from when .NET's WebSocket wants to write a close frame. Other frames may still go before it.</summary>
    public bool IsClosing => Volatile.Read(ref _isClosing);

    /// <summary>True when the transport took the close frame.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) && WritingSince == 0;

    public override bool CanWrite => true;

    /// <summary>Writes whole frames; does nothing once a close frame was written.</summary>
    public ValueTask WriteFramesAsync(ReadOnlyMemory<byte> frames) =>
        _turn.TryTake() ? WriteAndRelease(frames, isOwn: true) : WaitAndWrite(frames, isOwn: true);

    /// <summary>Writes one frame block by block; nothing else comes in between.</summary>
    public ValueTask WriteFrameAsync(ReadOnlySequence<byte> frame) =>
        frame.IsSingleSegment ? WriteFramesAsync(frame.First) : WriteBlocks(frame);

    /// <summary>Writes the last bytes of a connection that has no close frame. Nothing follows them.</summary>
    public async ValueTask CloseAsync(ReadOnlyMemory<byte> last)
    {
        Volatile.Write(ref _isClosing, true);
        await _turn.TakeAsync();
        _closed = true;
        await WriteAndRelease(last, isOwn: false);
    }

    /// <summary>Puts a batch into the ring of a round: see <see cref="ISubscriberSocket.TryPut"/>.</summary>
    public bool TryPut(FrameBlock block, WriteRound round)
    {
        if (socket is null || round is not SendRound { Ring: var ring } || !_turn.TryTake())
        {
            return false;
        }

        if (!_closed && ring.TryPut(socket, block, this))
        {
            return true;
        }

        _turn.Release();
        return false;
    }

    /// <summary>The end of a batch in a ring: whatever the socket did not take follows in the ordinary way.</summary>
    /// <param name="block">What was put.</param>
    /// <param name="sent">How many of its bytes the socket took.</param>
    public void Sent(FrameBlock block, int sent)
    {
        if (sent == block.Bytes.Length)
        {
            _turn.Release();
            block.Progress.Release();
        }
        else
        {
            _ = WriteRest(block, sent);
        }
    }

    /// <summary>For .NET's WebSocket, which writes one whole frame at a time.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Span[0] == CloseFrame)
        {
            Volatile.Write(ref _isClosing, true);
        }

        return _turn.TryTake() ? WriteAndRelease(buffer, isOwn: false) : WaitAndWrite(buffer, isOwn: false);
    }

    // A read into an empty buffer brings nothing. It waits as long as a client is silent, so it holds nothing of ours.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer.IsEmpty ? inner.ReadAsync(buffer, cancellationToken) : Receive(buffer, cancellationToken);

    private async ValueTask<int> Receive(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_padding > 0)
        {
            return Pad(buffer.Span);
        }

        var read = await inner.ReadAsync(buffer, cancellationToken);
        if (read > 0)
        {
            owner.Received();
            if (_headers.IsBrokenBy(buffer.Span[..read]))
            {
                _padding = HeaderRule.LongestRest;
            }
        }

        return read;
    }

    // .NET's WebSocket looks at a header only when it has as many bytes as a header with a mask. A client that sent a short frame without
    // one would wait forever. With zeros in place of the missing bytes, .NET sees what is wrong and says so.
    private int Pad(Span<byte> buffer)
    {
        var count = Math.Min(_padding, buffer.Length);
        buffer[..count].Clear();
        _padding -= (byte)count;
        return count;
    }

    // Nobody waits for this, so it must end the connection itself when it fails.
    private async Task WriteRest(FrameBlock block, int sent)
    {
        try
        {
            await WriteAndRelease(block.Bytes[sent..], isOwn: true);
        }
        catch (Exception e) when (PushSocket.IsConnectionLoss(e))
        {
            owner.Abort();
        }
        finally
        {
            block.Progress.Release();
        }
    }

    private async ValueTask WaitAndWrite(ReadOnlyMemory<byte> bytes, bool isOwn)
    {
        await _turn.TakeAsync();
        await WriteAndRelease(bytes, isOwn);
    }

    private async ValueTask WriteBlocks(ReadOnlySequence<byte> frame)
    {
        await _turn.TakeAsync();
        try
        {
            foreach (var block in _closed ? ReadOnlySequence<byte>.Empty : frame)
            {
                // Each block that the transport took is progress.
                Interlocked.Exchange(ref _writingSince, time.GetTimestamp());
                await write(block);
            }
        }
        finally
        {
            Interlocked.Exchange(ref _writingSince, 0);
            _turn.Release();
        }
    }

    private ValueTask WriteAndRelease(ReadOnlyMemory<byte> bytes, bool isOwn)
    {
        var release = true;
        try
        {
            if (_closed && isOwn)
            {
                return ValueTask.CompletedTask;
            }

            _closed |= !isOwn && bytes.Span[0] == CloseFrame;
            var writing = write(bytes);
            if (writing.IsCompleted)
            {
                writing.GetAwaiter().GetResult();
                return ValueTask.CompletedTask;
            }

            release = false;
            return Finish(writing);
        }
        finally
        {
            if (release)
            {
                _turn.Release();
            }
        }
    }

    private async ValueTask Finish(ValueTask writing)
    {
        Interlocked.Exchange(ref _writingSince, time.GetTimestamp());
        try
        {
            await writing;
        }
        finally
        {
            Interlocked.Exchange(ref _writingSince, 0);
            _turn.Release();
        }
    }
}
