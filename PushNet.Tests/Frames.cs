using System.Text.Json;
using PushNet.Actors.Wire;

namespace PushNet.Tests;

/// <summary>What frames say, as a client reads them.</summary>
internal static class Frames
{
    /// <summary>The messages of joined frames.</summary>
    public static List<JsonElement> Parse(ReadOnlyMemory<byte> frames)
    {
        var messages = new List<JsonElement>();
        while (!frames.IsEmpty)
        {
            var (offset, length) = WebSocketFrame.PayloadOf(frames.Span);
            messages.Add(JsonElement.Parse(frames.Span.Slice(offset, length)));
            frames = frames[(offset + length)..];
        }

        return messages;
    }

    /// <summary>The text of one frame.</summary>
    public static string Text(ReadOnlyMemory<byte> frame)
    {
        var (offset, length) = WebSocketFrame.PayloadOf(frame.Span);
        Assert.Equal(frame.Length, offset + length);
        return System.Text.Encoding.UTF8.GetString(frame.Span[offset..]);
    }

    /// <summary>True when the first of some frames is compressed text.</summary>
    public static bool IsCompressed(ReadOnlySpan<byte> frames) => frames[0] == 0xC1;

    public static string Type(this JsonElement message) => message.GetProperty("type").GetString()!;

    public static long Seq(this JsonElement message) => message.GetProperty("seq").GetInt64();
}
