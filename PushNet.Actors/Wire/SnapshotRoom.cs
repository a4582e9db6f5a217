using System.Buffers;

namespace PushNet.Actors.Wire;

/// <summary>Room for one snapshot that is going to be made. Must be disposed of; a snapshot that was made in it keeps its part.</summary>
public sealed class SnapshotRoom : IDisposable
{
    private readonly SnapshotMemory _memory;
    private long _bytes;

    internal SnapshotRoom(SnapshotMemory memory, long bytes) => (_memory, _bytes) = (memory, bytes);

    /// <summary>Bytes that the snapshot may have.</summary>
    public long Bytes => _bytes;

    /// <summary>Takes the snapshot that was made. The result belongs to the caller, who releases it.</summary>
    /// <param name="frame">Its frame.</param>
    public SharedSnapshot Fill(ReadOnlySequence<byte> frame)
    {
        // The rest is free again when this is disposed of.
        _bytes -= frame.Length;
        return new SharedSnapshot(_memory, frame);
    }

    /// <inheritdoc />
    public void Dispose() => _memory.GiveBack(Interlocked.Exchange(ref _bytes, 0));
}
