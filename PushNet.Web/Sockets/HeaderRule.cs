namespace PushNet.Web.Sockets;

/// <summary>
/// Finds faults in the headers of a client's frames that .NET's WebSocket does not see, or not in time. It follows the frames through
/// the client's bytes, however these are cut. Pure. Must not be copied.
/// </summary>
internal struct HeaderRule
{
    /// <summary>The most bytes of a header behind its first two: a length of 64 bits and a mask.</summary>
    public const int LongestRest = sizeof(ulong) + MaskLength;

    private const int MaskLength = 4;
    private const int Masked = 0x80;
    private const int CompressedControl = 0x48;
    private const int ReservedBit = 0x20;
    private const int LengthOf16Bits = 126;
    private const int LengthOf64Bits = 127;

    private ulong _left;
    private byte _lengthBytesLeft;
    private bool _isWithinHeader;
    private bool _isBroken;

    /// <summary>
    /// Takes the next bytes of the client. A control frame that says it is compressed (RFC 7692 section 6.1), which .NET takes, gets one
    /// more reserved bit, which .NET refuses.
    /// </summary>
    /// <returns>
    /// True when they hold the header of a frame without a mask (RFC 6455 section 5.1). Only once, because what follows has no frames.
    /// </returns>
    public bool IsBrokenBy(Span<byte> bytes)
    {
        while (!bytes.IsEmpty && !_isBroken)
        {
            if (_lengthBytesLeft > 0)
            {
                _left = (_left << 8) | bytes[0];
                _left += --_lengthBytesLeft == 0 ? MaskLength : 0UL;
            }
            else if (_left > 0)
            {
                var skipped = (int)Math.Min(_left, (ulong)bytes.Length);
                _left -= (ulong)skipped;
                bytes = bytes[skipped..];
                continue;
            }
            else if (_isWithinHeader)
            {
                _isWithinHeader = false;
                if ((bytes[0] & Masked) == 0)
                {
                    return _isBroken = true;
                }

                (_left, _lengthBytesLeft) = (bytes[0] & ~Masked) switch
                {
                    LengthOf16Bits => (0UL, (byte)sizeof(ushort)),
                    LengthOf64Bits => (0UL, (byte)sizeof(ulong)),
                    var length => ((ulong)length + MaskLength, (byte)0),
                };
            }
            else
            {
                _isWithinHeader = true;
                bytes[0] |= (byte)((bytes[0] & CompressedControl) == CompressedControl ? ReservedBit : 0);
            }

            bytes = bytes[1..];
        }

        return false;
    }
}
