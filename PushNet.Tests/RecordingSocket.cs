using System.Buffers;
using System.Text.Json;
using PushNet.Actors.Subscribers;

namespace PushNet.Tests;

/// <summary>A socket that keeps what it is given, and can be made to block or to fail.</summary>
internal sealed class RecordingSocket : ISubscriberSocket
{
    private readonly Lock _gate = new();
    private readonly List<JsonElement> _messages = [];
    private readonly List<(int Code, string Reason)> _closes = [];
    private TaskCompletionSource? _blocked;
    private Exception? _failure;
    private bool _throws;
    private int _writes;
    private int _aborts;

    /// <summary>Every message written so far, a blocked write included.</summary>
    public IReadOnlyList<JsonElement> Messages => Locked(() => _messages.ToArray());

    /// <summary>Writes begun so far.</summary>
    public int Writes => Locked(() => _writes);

    public int Aborts => Locked(() => _aborts);

    public IReadOnlyList<int> CloseCodes => Locked(() => _closes.Select(close => close.Code).ToArray());

    /// <summary>Types and numbers of the messages, in short: <c>lagged</c>, <c>price_change 7</c>.</summary>
    public IReadOnlyList<string> Story =>
        [.. Messages.Select(m => m.TryGetProperty("seq", out var seq) && m.Type() is not "lagged" ? $"{m.Type()} {seq}" : m.Type())];

    /// <summary>From now on, writes don't complete.</summary>
    /// <param name="when">False to leave it as it is.</param>
    public void Block(bool when = true) => Locked(
        () => _blocked = !when ? _blocked : _blocked ?? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>The blocked write completes, and later ones at once.</summary>
    /// <param name="when">False to leave it as it is.</param>
    public void Unblock(bool when = true) => Locked(() => when ? Interlocked.Exchange(ref _blocked, null) : null)?.SetResult();

    /// <summary>Makes the blocked write, and later ones, fail.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="synchronously">True to throw instead of giving back a failed task.</param>
    public void Fail(Exception failure, bool synchronously = false)
    {
        Locked(() => (_failure, _throws) = (failure, synchronously));
        Locked(() => Interlocked.Exchange(ref _blocked, null))?.SetException(failure);
    }

    public long? BytesTaken { get; set; }

    public bool HasEnded => Aborts > 0;

    public ValueTask WriteAsync(ReadOnlySequence<byte> frame) => WriteAsync(frame.ToArray());

    public ValueTask WriteAsync(ReadOnlyMemory<byte> frames)
    {
        lock (_gate)
        {
            _writes++;
            if (_failure is not null)
            {
                return _throws ? throw _failure : ValueTask.FromException(_failure);
            }

            _messages.AddRange(Frames.Parse(frames));
            return _blocked is null ? ValueTask.CompletedTask : new ValueTask(_blocked.Task);
        }
    }

    public void Close(int code, string reason) => Locked(() => _closes.Add((code, reason)));

    public void Abort() => Locked(() => _aborts++);

    public void AbortStalled() => Abort();

    private void Locked(Action action)
    {
        lock (_gate)
        {
            action();
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
