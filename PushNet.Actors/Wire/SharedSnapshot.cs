using System.Buffers;

namespace PushNet.Actors.Wire;

/// <summary>A snapshot frame, shared by all who are given it. Its memory counts until all of them, and its owner, have let go.</summary>
public sealed class SharedSnapshot
{
    private readonly SnapshotMemory _memory;
    private int _holders = 1;

    internal SharedSnapshot(SnapshotMemory memory, ReadOnlySequence<byte> frame) => (_memory, Frame) = (memory, frame);

    /// <summary>One WebSocket frame.</summary>
    public ReadOnlySequence<byte> Frame { get; }

    /// <summary>Gives it to a connection. Only while the owner has not released it.</summary>
    public SnapshotHold GiveTo(ISnapshotHolder holder)
    {
        Interlocked.Increment(ref _holders);
        return _memory.Hold(this, holder);
    }

    /// <summary>One who held it does no more: the owner, once, or a hold.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _memory.GiveBack(Frame.Length);
        }
    }
}
