using System.Buffers.Binary;
using System.Text.Unicode;

namespace PushNet.Actors.Wire;

/// <summary>Server-to-client WebSocket frames: final, unmasked, hence the same bytes for every client (RFC 6455 section 5.2).</summary>
public static class WebSocketFrame
{
    /// <summary>The longest header that <see cref="WriteTextHeader"/> makes, in bytes.</summary>
    public const int MaxHeaderLength = 10;

    /// <summary>A Ping without payload (RFC 6455 section 5.5.2).</summary>
    public static readonly ReadOnlyMemory<byte> Ping = new byte[] { 0x89, 0x00 };

    private const byte FinalText = 0x81;
    private const byte FinalClose = 0x88;
    private const byte FinalCompressedText = 0xC1;
    private const int LongestShort = 125;
    private const int LongestReason = LongestShort - 2;
    private const byte LengthIn16Bits = 126;
    private const byte LengthIn64Bits = 127;

    /// <summary>A close frame (RFC 6455 section 5.5.1).</summary>
    /// <param name="code">The close code.</param>
    /// <param name="reason">Why, as far as it fits.</param>
    public static byte[] Close(int code, string reason)
    {
        Span<byte> frame = stackalloc byte[4 + LongestReason];
        Utf8.FromUtf16(reason, frame[4..], out _, out var length);
        (frame[0], frame[1]) = (FinalClose, (byte)(2 + length));
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)code);
        return frame[..(4 + length)].ToArray();
    }

    /// <summary>As much of a reason as fits into a close frame: 123 bytes of UTF-8, and whole characters.</summary>
    public static string FittingReason(string reason)
    {
        Utf8.FromUtf16(reason, stackalloc byte[LongestReason], out var length, out _);
        return reason[..length];
    }

    /// <summary>A whole text frame in bytes of its own.</summary>
    public static byte[] Text(ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[MaxHeaderLength];
        var headerLength = WriteTextHeader(header, payload.Length);
        var frame = new byte[headerLength + payload.Length];
        header[..headerLength].CopyTo(frame);
        payload.CopyTo(frame.AsSpan(headerLength));
        return frame;
    }

    /// <summary>Writes the header of a final text frame.</summary>
    /// <param name="header">Where to.</param>
    /// <param name="payloadLength">The length of what follows, in bytes.</param>
    /// <param name="isCompressed">True when the payload is deflated (RFC 7692 section 6).</param>
    /// <returns>The header's length: 2, 4 or 10 bytes.</returns>
    public static int WriteTextHeader(Span<byte> header, int payloadLength, bool isCompressed = false)
    {
        header[0] = isCompressed ? FinalCompressedText : FinalText;
        switch (payloadLength)
        {
            case <= LongestShort:
                header[1] = (byte)payloadLength;
                return 2;
            case <= ushort.MaxValue:
                header[1] = LengthIn16Bits;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payloadLength);
                return 4;
            default:
                header[1] = LengthIn64Bits;
                BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)payloadLength);
                return 10;
        }
    }

    /// <summary>Finds the payload of the first frame in <paramref name="frames"/>, which must begin with a frame made here.</summary>
    /// <returns>Where the payload starts and how long it is.</returns>
    public static (int Offset, int Length) PayloadOf(ReadOnlySpan<byte> frames) => frames[1] switch
    {
        LengthIn16Bits => (4, BinaryPrimitives.ReadUInt16BigEndian(frames[2..])),
        LengthIn64Bits => (10, (int)BinaryPrimitives.ReadUInt64BigEndian(frames[2..])),
        var length => (2, length),
    };
}
