namespace PushNet.Web.Sockets;

/// <summary>
/// Finds the first frame of a client that is not masked (RFC 6455 section 5.1), as soon as its header says so. Follows the frames through
/// the client's bytes, however they are cut. Pure. Not to be copied.
/// </summary>
internal struct MaskRule
{
    /// <summary>The most bytes of a header behind its first two: a length of 64 bits and a mask.</summary>
    public const int LongestRest = sizeof(ulong) + MaskLength;

    private const int MaskLength = 4;
    private const int Masked = 0x80;
    private const int LengthOf16Bits = 126;
    private const int LengthOf64Bits = 127;

    private ulong _left;
    private byte _lengthBytesLeft;
    private bool _isWithinHeader;
    private bool _isBroken;

    /// <summary>Takes the next bytes of the client.</summary>
    /// <returns>True when they hold the header of a frame without a mask. Only once: what follows has no frames.</returns>
    public bool IsBrokenBy(ReadOnlySpan<byte> bytes)
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
            }

            bytes = bytes[1..];
        }

        return false;
    }
}
