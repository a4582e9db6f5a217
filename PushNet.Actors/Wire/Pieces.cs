using System.Buffers;

namespace PushNet.Actors.Wire;

/// <summary>Bytes that stand in several blocks of memory, one after the other.</summary>
internal static class Pieces
{
    /// <summary>Joins blocks without copying them.</summary>
    public static ReadOnlySequence<byte> Join(params IEnumerable<ReadOnlyMemory<byte>> blocks)
    {
        Piece? first = null, last = null;
        foreach (var block in blocks)
        {
            last = new Piece(block, last);
            first ??= last;
        }

        return first is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    /// <summary>The blocks, in order.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> BlocksOf(ReadOnlySequence<byte> bytes)
    {
        foreach (var block in bytes)
        {
            yield return block;
        }
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> block, Piece? before)
        {
            Memory = block;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
