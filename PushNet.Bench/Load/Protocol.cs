using System.Text;

namespace PushNet.Bench.Load;

/// <summary>What the load client must know of a server: how to begin, and which messages are events.</summary>
internal abstract class Protocol
{
    public static readonly Protocol PushNet = new PlainJson();
    public static readonly Protocol SignalR = new SignalRJson();

    /// <summary>Bytes that are sent right behind the upgrade request.</summary>
    public abstract byte[] FirstWords { get; }

    /// <summary>True when each event is a frame of its own, of 126 to 65,535 bytes.</summary>
    public abstract bool EventsAreFrames { get; }

    /// <summary>How many messages come before the events. Where they can't be read, the last of them means that it has joined.</summary>
    public abstract int MessagesToJoin { get; }

    /// <summary>The path of a channel.</summary>
    public abstract string PathOf(string channel);

    /// <summary>The upgrade request of a channel, and the first words behind it.</summary>
    public byte[] OpeningOf(string channel, string query, bool deflates) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"GET {PathOf(channel)}?{query} HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + (deflates ? "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n" : "") + "\r\n"),
        .. FirstWords,
    ];

    /// <summary>The request of a channel as an event stream.</summary>
    public static byte[] EventStreamOf(string channel, string query) =>
        Encoding.ASCII.GetBytes($"GET /sse/{channel}?{query} HTTP/1.1\r\nHost: bench\r\n\r\n");

    /// <summary>Counts the events of one message.</summary>
    /// <param name="message">The payload of one frame.</param>
    /// <param name="stats">Where drops that the server tells of are added.</param>
    public abstract int EventsIn(ReadOnlySpan<byte> message, LoadStats stats);

    /// <summary>True when the event of a message is one of game state; false where the protocol does not tell them apart.</summary>
    public abstract bool IsState(ReadOnlySpan<byte> message);

    /// <summary>True when the message means that the connection is in the stream.</summary>
    public abstract bool IsJoined(ReadOnlySpan<byte> message);

    private sealed class PlainJson : Protocol
    {
        public override byte[] FirstWords => [];

        public override bool EventsAreFrames => true;

        public override int MessagesToJoin => 2;

        public override string PathOf(string channel) => $"/ws/{channel}";

        // The type begins at the tenth byte of {"type":"...
        public override int EventsIn(ReadOnlySpan<byte> message, LoadStats stats)
        {
            var type = message.Length > 10 ? message[9..] : default;
            if (type.StartsWith("lagged"u8))
            {
                stats.Dropped += Json.NumberAfter(type, "\"dropped\":"u8);
                return 0;
            }

            return type.StartsWith("price_change"u8) || IsStateType(type) ? 1 : 0;
        }

        public override bool IsState(ReadOnlySpan<byte> message) => IsStateType(message[9..]);

        public override bool IsJoined(ReadOnlySpan<byte> message) => message.Length > 9 && message[9..].StartsWith("snapshot"u8);

        private static bool IsStateType(ReadOnlySpan<byte> type) =>
            type.StartsWith("score_change"u8) || type.StartsWith("status_change"u8) || type.StartsWith("new_game"u8)
                || type.StartsWith("game_final"u8);
    }

    private sealed class SignalRJson : Protocol
    {
        private const byte RecordSeparator = 0x1E;

        public override byte[] FirstWords =>
            ClientFrame(Encoding.UTF8.GetBytes("""{"protocol":"json","version":1}""" + (char)RecordSeparator));

        public override bool EventsAreFrames => false;

        public override int MessagesToJoin => 1;

        public override string PathOf(string channel) => "/hub";

        public override int EventsIn(ReadOnlySpan<byte> message, LoadStats stats) =>
            message.StartsWith("{\"type\":1,"u8) ? message.Count(RecordSeparator) : 0;

        public override bool IsState(ReadOnlySpan<byte> message) => false;

        public override bool IsJoined(ReadOnlySpan<byte> message) => message.StartsWith("{}"u8);

        private static byte[] ClientFrame(byte[] payload) => [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
    }
}

/// <summary>Finds numbers in JSON whose shape is known.</summary>
internal static class Json
{
    /// <summary>The integer behind a key; 0 when the key is not there.</summary>
    public static long NumberAfter(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key)
    {
        var at = json.IndexOf(key);
        return at < 0 ? 0 : Number(json[(at + key.Length)..]);
    }

    /// <summary>The same for a key near the end.</summary>
    public static long NumberAfterLast(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key)
    {
        var at = json.LastIndexOf(key);
        return at < 0 ? 0 : Number(json[(at + key.Length)..]);
    }

    private static long Number(ReadOnlySpan<byte> digits)
    {
        var number = 0L;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
