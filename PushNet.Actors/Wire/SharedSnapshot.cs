using System.Buffers;

namespace PushNet.Actors.Wire;

/// <summary>A snapshot frame that connections share. Its memory counts until all of them, and its owner, have let go.</summary>
public sealed class SharedSnapshot
{
    private readonly SnapshotMemory _memory;
    private int _holders = 1;

    internal SharedSnapshot(SnapshotMemory memory, ReadOnlySequence<byte> frame) => (_memory, Frame) = (memory, frame);

    /// <summary>One WebSocket frame.</summary>
    public ReadOnlySequence<byte> Frame { get; }

    /// <summary>Gives it to a connection. Call it only while the owner has not released it.</summary>
    public SnapshotHold GiveTo(ISnapshotHolder holder)
    {
        Interlocked.Increment(ref _holders);
        return _memory.Hold(this, holder);
    }

    /// <summary>Lets go of it. The owner and every hold call this once each.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _memory.GiveBack(Frame.Length);
        }
    }
}
