using System.Text;
using System.Text.Json;
using CsCheck;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Wire;

public sealed class MinimalJsonEncoderTests
{
    private static readonly Gen<string> Characters = Gen.Frequency(
        (4, Gen.Char[' ', '~'].Select(c => c.ToString())),
        (2, Gen.Char['\0', '\u001f'].Select(c => c.ToString())),
        (2, Gen.Char['\u007f', '\ud7ff'].Select(c => c.ToString())),
        (1, Gen.Char['\ue000', '\uffff'].Select(c => c.ToString())),
        (2, Gen.Int[0x10000, 0x10ffff].Select(char.ConvertFromUtf32)),
        (1, Gen.OneOf("\"", "\\", "\u2028", "<", "'", "🏀")));

    [Fact]
    public void Every_string_comes_back_as_it_was_and_nothing_is_escaped_without_need() =>
        Characters.Array[0, 60].Select(string.Concat).Sample(
            text =>
            {
                var json = Write(text);

                Assert.Equal(text, JsonElement.Parse(json).GetString());
                Assert.Equal(Expected(text), json);
            },
            iter: 20_000);

    [Fact]
    public void Half_a_surrogate_pair_never_makes_invalid_utf8()
    {
        Assert.Equal("a\ufffdb", JsonElement.Parse(Write("a\ud800b")).GetString());
        Assert.Equal("\ufffd", JsonElement.Parse(Write("\udc00")).GetString());
    }

    // RFC 8259 section 7, written down a second time.
    private static string Expected(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            json.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => $"\\u{(int)c:X4}",
                _ => c.ToString(),
            });
        }

        return json.Append('"').ToString();
    }

    private static string Write(string text)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, WireJson.Options))
        {
            json.WriteStringValue(text);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
