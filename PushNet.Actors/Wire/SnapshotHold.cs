using System.Buffers;
using PushNet.Actors.Clock;

namespace PushNet.Actors.Wire;

/// <summary>
/// A snapshot in the hands of one connection, until it is written or never will be. Must be disposed of; doing so again does nothing.
/// </summary>
public sealed class SnapshotHold : IDisposable
{
    // While others wait for room, a connection that takes nothing for this long is cut off.
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(5);

    // So is one that takes so little that it is still not done after this.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly SnapshotMemory _memory;
    private readonly SharedSnapshot _snapshot;
    private readonly ISnapshotHolder _holder;
    private readonly Moment _since;
    private long? _bytesTaken;
    private Moment _movedAt;
    private int _ended;

    internal SnapshotHold(SnapshotMemory memory, SharedSnapshot snapshot, ISnapshotHolder holder, Moment now)
    {
        (_memory, _snapshot, _holder) = (memory, snapshot, holder);
        _since = _movedAt = now;
    }

    /// <summary>One WebSocket frame.</summary>
    public ReadOnlySequence<byte> Frame => _snapshot.Frame;

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _memory.Forget(this);
            _snapshot.Release();
        }
    }

    /// <summary>Ends the connection if it takes nothing. One caller at a time.</summary>
    internal void Look(Moment now)
    {
        // A connection that ends may take with it what was still on its way to it.
        if (_holder.HasEnded)
        {
            Dispose();
            return;
        }

        var taken = _holder.BytesTaken;
        if (taken is null || taken != _bytesTaken)
        {
            (_bytesTaken, _movedAt) = (taken, now);
        }

        if (now - _movedAt >= LongestStall || now - _since >= Longest)
        {
            _holder.AbortStalled();
        }
    }
}
