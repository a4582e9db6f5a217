using System.Buffers.Binary;

namespace PushNet.Bench.Load;

/// <summary>Cuts what a WebSocket receives into frames. Pure.</summary>
internal static class FrameCutter
{
    /// <summary>Cuts off what is first.</summary>
    /// <param name="bytes">What was read.</param>
    /// <param name="opcode">RFC 6455 section 5.2.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="length">How many bytes were cut off.</param>
    /// <returns>False when the frame is not complete.</returns>
    public static bool TryCut(Span<byte> bytes, out int opcode, out Span<byte> payload, out int length)
    {
        opcode = length = 0;
        payload = default;
        if (bytes.Length < 2)
        {
            return false;
        }

        opcode = bytes[0] & 0xF;
        var header = bytes[1] switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header)
        {
            return false;
        }

        var size = bytes[1] switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            var small => small,
        };
        length = header + size;
        if (bytes.Length < length)
        {
            return false;
        }

        payload = bytes[header..length];
        return true;
    }
}
