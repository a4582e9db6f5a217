using System.Text;
using System.Text.Encodings.Web;

namespace PushNet.Actors.Wire;

/// <summary>
/// Escapes only what RFC 8259 section 7 demands: quote, backslash and control characters. The BCL's most relaxed
/// encoder still escapes everything outside the Basic Multilingual Plane, and the frames show letters as they are.
/// </summary>
internal sealed class MinimalJsonEncoder : JavaScriptEncoder
{
    public static readonly MinimalJsonEncoder Instance = new();

    public override int MaxOutputCharactersPerInputCharacter => UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var characters = new ReadOnlySpan<char>(text, textLength);
        for (var i = 0; i < characters.Length; i++)
        {
            if (WillEncode(characters[i]))
            {
                return i;
            }

            if (!char.IsSurrogate(characters[i]))
            {
                continue;
            }

            if (Rune.DecodeFromUtf16(characters[i..], out _, out var length) is not System.Buffers.OperationStatus.Done)
            {
                return i;
            }

            i += length - 1;
        }

        return -1;
    }

    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
}
