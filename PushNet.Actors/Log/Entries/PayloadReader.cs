using System.Buffers.Binary;

namespace PushNet.Actors.Log.Entries;

/// <summary>
/// Takes bytes apart without a copy, because lines are most of what there is. Whoever reads more than there is gets an
/// <see cref="ArgumentException"/>.
/// </summary>
/// <param name="payload">The bytes.</param>
internal sealed class PayloadReader(ReadOnlyMemory<byte> payload)
{
    private ReadOnlyMemory<byte> _rest = payload;

    /// <summary>The bytes that were not read yet.</summary>
    public int Left => _rest.Length;

    public byte ReadByte() => Take(1).Span[0];

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)).Span);

    /// <summary>Reads a length (7 bits per byte), and as many bytes.</summary>
    public ReadOnlyMemory<byte> ReadBytes() => Take(ReadLength());

    /// <summary>Reads a length (7 bits per byte).</summary>
    public int ReadLength()
    {
        var (length, shift) = (0, 0);
        while (true)
        {
            var part = ReadByte();
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return length;
            }

            shift += 7;
        }
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
