using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PushNet.Actors.Wire;

/// <summary>
/// Frames as server-sent events (WHATWG HTML, section 9.2): <c>event</c> is the frame's type, <c>id</c> its number where it has one, and
/// <c>data</c> its JSON, which is not encoded again.
/// </summary>
public static class EventStream
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/event-stream";

    private const byte Quote = (byte)'"';

    // No number has more digits.
    private const int LongestNumber = 20;

    /// <summary>What keeps a silent stream open: a comment, which clients skip.</summary>
    public static readonly EventBytes Comment = EventBytes.Of(":\n\n"u8);

    private static ReadOnlySpan<byte> FrameBegin => "{\"type\":\""u8;

    private static ReadOnlySpan<byte> BeforeSeq => ",\"seq\":"u8;

    private static ReadOnlySpan<byte> EventEnd => "\n\n"u8;

    /// <summary>Frames as events.</summary>
    /// <param name="frames">Whole frames made by <see cref="FrameEncoder"/>, one after the other.</param>
    public static EventBytes Of(ReadOnlySpan<byte> frames)
    {
        var events = new ArrayBufferWriter<byte>(Math.Max(frames.Length, 1));
        while (!frames.IsEmpty)
        {
            var (offset, length) = WebSocketFrame.PayloadOf(frames);
            var json = frames.Slice(offset, length);
            WriteFields(events, json, json);
            events.Write(json);
            events.Write(EventEnd);
            frames = frames[(offset + length)..];
        }

        return EventBytes.Of(events.WrittenSpan);
    }

    /// <summary>One frame as an event that holds the frame's memory instead of a copy.</summary>
    /// <param name="frame">A frame made by <see cref="FrameEncoder"/>, in several blocks of memory.</param>
    /// <param name="isChunk">True for one chunk of HTTP/1.1, see <see cref="EventBytes.Chunk"/>.</param>
    public static ReadOnlySequence<byte> Of(ReadOnlySequence<byte> frame, bool isChunk)
    {
        var json = frame.Slice(WebSocketFrame.PayloadOf(frame.FirstSpan).Offset);
        var fields = new ArrayBufferWriter<byte>();
        WriteFields(fields, json.FirstSpan, json.Slice(Math.Max(0, json.Length - LongestNumber - BeforeSeq.Length - 1)).ToArray());
        var length = fields.WrittenCount + json.Length + EventEnd.Length;
        byte[] begin = [.. isChunk ? EventBytes.ChunkHeader(length) : [], .. fields.WrittenSpan];
        byte[] end = [.. EventEnd, .. isChunk ? EventBytes.ChunkEnd : []];
        return Pieces.Join([begin, .. Pieces.BlocksOf(json), end]);
    }

    /// <summary>The last event of a stream that the server ends: <c>closed</c>.</summary>
    /// <param name="code">The close code.</param>
    /// <param name="reason">Why, for the people at the other end.</param>
    public static EventBytes Closed(int code, string reason)
    {
        var data = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(data, WireJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("code"u8, code);
            json.WriteString("reason"u8, reason);
            json.WriteEndObject();
        }

        return EventBytes.Of([.. "event: closed\ndata: "u8, .. data.WrittenSpan, .. EventEnd]);
    }

    private static void WriteFields(ArrayBufferWriter<byte> events, ReadOnlySpan<byte> jsonBegin, ReadOnlySpan<byte> jsonEnd)
    {
        var type = jsonBegin[FrameBegin.Length..];
        type = type[..type.IndexOf(Quote)];
        events.Write("event: "u8);
        events.Write(type);
        if (SeqOf(jsonEnd) is { IsEmpty: false } seq)
        {
            events.Write("\nid: "u8);
            events.Write(seq);
        }

        if (type.SequenceEqual("reconnect"u8))
        {
            var reader = new Utf8JsonReader(jsonBegin);
            var afterMs = JsonElement.ParseValue(ref reader).GetProperty("after_ms").GetInt64();
            events.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\nretry: {afterMs}")));
        }

        events.Write("\ndata: "u8);
    }

    // The number is the last field of every frame that has one.
    private static ReadOnlySpan<byte> SeqOf(ReadOnlySpan<byte> jsonEnd)
    {
        var begin = jsonEnd.LastIndexOf(BeforeSeq) + BeforeSeq.Length;
        var number = begin < BeforeSeq.Length ? [] : jsonEnd[begin..^1];
        return Utf8Parser.TryParse(number, out long _, out var length) && length == number.Length ? number : [];
    }
}
