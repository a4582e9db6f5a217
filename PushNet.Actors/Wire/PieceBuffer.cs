using System.Buffers;

namespace PushNet.Actors.Wire;

/// <summary>
/// A buffer that grows one block at a time. Large content needs no block of its own size, and is not copied to grow.
/// </summary>
/// <param name="maxBytes">How many bytes may be written.</param>
internal sealed class PieceBuffer(long maxBytes) : IBufferWriter<byte>
{
    private const int SmallestBlock = 4 * 1024;
    private const int LargestBlock = 256 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _full = [];
    private byte[] _block = [];
    private long _before;
    private int _used;

    /// <summary>What was written.</summary>
    public ReadOnlySequence<byte> Written => Pieces.Join([.. _full, _block.AsMemory(0, _used)]);

    /// <inheritdoc />
    /// <exception cref="SnapshotTooLargeException">More was written than may be.</exception>
    public void Advance(int count)
    {
        _used += count;
        if (_before + _used > maxBytes)
        {
            throw new SnapshotTooLargeException();
        }
    }

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_block.Length - _used < Math.Max(sizeHint, 1))
        {
            BeginBlock(sizeHint);
        }

        return _block.AsMemory(_used);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private void BeginBlock(int size)
    {
        if (_used > 0)
        {
            _full.Add(_block.AsMemory(0, _used));
        }

        _before += _used;
        var usual = (int)Math.Clamp(_before, SmallestBlock, LargestBlock);
        (_block, _used) = (new byte[Math.Max(size, usual)], 0);
    }
}
