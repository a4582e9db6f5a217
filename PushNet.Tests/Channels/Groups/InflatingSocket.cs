using System.Buffers;
using System.Text;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels.Groups;

/// <summary>A socket whose client reads compressed frames as the protocol says, and can stall.</summary>
/// <param name="sharesCompression">True when it is given them.</param>
internal sealed class InflatingSocket(bool sharesCompression) : ISubscriberSocket, IDisposable
{
    private readonly List<string> _texts = [];
    private MessageInflater? _inflater;
    private TaskCompletionSource? _blocked;
    private bool _isStalled;

    public bool SharesCompression => sharesCompression;

    /// <summary>Every message so far.</summary>
    public IReadOnlyList<string> Texts
    {
        get
        {
            lock (_texts)
            {
                return [.. _texts];
            }
        }
    }

    /// <summary>How many of them were compressed.</summary>
    public int Compressed { get; private set; }

    /// <summary>Why something could not be read; null while all could.</summary>
    public Exception? Failure { get; private set; }

    public long? BytesTaken => null;

    public bool HasEnded => false;

    /// <summary>True while a write waits.</summary>
    public bool IsBlocked => _blocked is not null;

    /// <summary>Makes writes wait from now on until they are let through, or makes them wait no more.</summary>
    public void Stall(bool isStalled)
    {
        _isStalled = isStalled;
        if (!isStalled)
        {
            LetThrough();
        }
    }

    /// <summary>Completes the write that waits.</summary>
    public void LetThrough() => Interlocked.Exchange(ref _blocked, null)?.SetResult();

    public ValueTask WriteAsync(ReadOnlySequence<byte> frame) => WriteAsync(frame.ToArray());

    public ValueTask WriteAsync(ReadOnlyMemory<byte> frames)
    {
        try
        {
            while (!frames.IsEmpty)
            {
                var (offset, length) = WebSocketFrame.PayloadOf(frames.Span);
                Read(Frames.IsCompressed(frames.Span), frames.Span.Slice(offset, length));
                frames = frames[(offset + length)..];
            }
        }
        catch (Exception e)
        {
            // A subscriber would keep it to itself.
            Failure ??= e;
        }

        return _isStalled ? new ValueTask((_blocked = new TaskCompletionSource()).Task) : ValueTask.CompletedTask;
    }

    public void Close(int code, string reason)
    {
    }

    public void Abort() => Failure ??= new InvalidOperationException("the subscriber aborted");

    public void AbortStalled()
    {
    }

    public void Dispose() => _inflater?.Dispose();

    private void Read(bool isCompressed, ReadOnlySpan<byte> payload)
    {
        Assert.True(sharesCompression || !isCompressed);
        Compressed += isCompressed ? 1 : 0;
        var text = Encoding.UTF8.GetString(isCompressed ? (_inflater ??= new MessageInflater()).Inflate(payload) : payload);
        lock (_texts)
        {
            _texts.Add(text);
        }
    }
}
