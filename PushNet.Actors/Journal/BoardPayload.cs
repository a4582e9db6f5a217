using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>
/// What stands in the <c>message</c> and <c>snapshot</c> columns: a CRC-32 of what follows (4 bytes, little-endian), then the
/// bytes of <see cref="BoardCodec"/>.
/// </summary>
public static class BoardPayload
{
    /// <summary>The format that this version writes. Manifests have it behind the slash. A higher one is from a later version.</summary>
    public const int Format = 2;

    internal const int FirstWithOptionalFields = 2;

    private const int CrcLength = 4;

    /// <summary>True when the bytes are what was written.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> payload) =>
        payload.Length >= CrcLength && BinaryPrimitives.ReadUInt32LittleEndian(payload) == Crc32.HashToUInt32(payload[CrcLength..]);

    internal static byte[] Write(JournalEntry entry) => Write(to => BoardCodec.Write(to, entry));

    internal static byte[] Write(BoardImage image) => Write(to => BoardCodec.Write(to, image));

    internal static JournalEntry ReadEntry(byte[] payload, int format = Format) => Read(payload, format, BoardCodec.ReadEntry);

    internal static BoardImage ReadImage(byte[] payload, int format = Format) => Read(payload, format, BoardCodec.ReadImage);

    private static byte[] Write(Action<BinaryWriter> body)
    {
        var stream = new MemoryStream();
        stream.SetLength(CrcLength);
        stream.Position = CrcLength;
        using (var to = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            body(to);
        }

        var payload = stream.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(payload, Crc32.HashToUInt32(payload.AsSpan(CrcLength)));
        return payload;
    }

    private static T Read<T>(byte[] payload, int format, Func<FormatReader, T> body)
    {
        if (!IsIntact(payload))
        {
            throw new InvalidDataException("the bytes are not those that were written");
        }

        using var from = new FormatReader(new MemoryStream(payload, CrcLength, payload.Length - CrcLength), format);
        return body(from);
    }
}
