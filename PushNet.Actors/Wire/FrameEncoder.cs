using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;

namespace PushNet.Actors.Wire;

/// <summary>
/// Turns events and snapshots into WebSocket frames; the only place that does. Not thread-safe, because it reuses one buffer: everything
/// that encodes has its own instance. The one in the server's container is the game state's.
/// </summary>
public sealed class FrameEncoder
{
    // A snapshot of up to this many bytes is one block of memory, and takes one call to send.
    private const int LargestBlock = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;
    private long _encodedEvents;

    /// <summary>An encoder with a buffer of its own.</summary>
    public FrameEncoder() => _json = new Utf8JsonWriter(_buffer, WireJson.Options);

    /// <summary>
    /// How many events were encoded. The tests read it, from any thread, to hold the promise that an event is encoded once for all.
    /// </summary>
    internal long EncodedEvents => Interlocked.Read(ref _encodedEvents);

    private int Written => (int)(_json.BytesCommitted + _json.BytesPending);

    /// <summary>Encodes an event once. All subscribers share the result.</summary>
    public EncodedEvent Encode(GameEvent gameEvent)
    {
        Interlocked.Increment(ref _encodedEvents);
        Begin();
        WireJson.Write(_json, gameEvent);
        return new EncodedEvent(gameEvent, Frame());
    }

    /// <summary>Encodes games as a JSON array: the part of a snapshot that is the same for both channels and for REST.</summary>
    /// <param name="games">The games.</param>
    public GamesArray EncodeGames(IEnumerable<Game> games)
    {
        Begin();
        var encoded = new List<(Game, Range)>();
        _json.WriteStartArray();
        foreach (var game in games)
        {
            var begin = Written + (encoded.Count == 0 ? 0 : ",".Length);
            WireJson.Write(_json, game);
            encoded.Add((game, begin..Written));
        }

        _json.WriteEndArray();
        _json.Flush();
        return new GamesArray(_buffer.WrittenSpan.ToArray(), [.. encoded]);
    }

    /// <summary>Encodes games as a JSON array, block by block. Keeps none of the memory.</summary>
    /// <param name="games">The games.</param>
    /// <param name="marketsOf">Gives the <c>markets</c> that follow the fields of each game; null when they have none.</param>
    /// <param name="maxBytes">The most bytes that it may have.</param>
    /// <exception cref="SnapshotTooLargeException">It would be larger.</exception>
    public static GamesArray EncodeInBlocks(IEnumerable<Game> games, Func<Game, ILookup<string, Outcome>>? marketsOf, long maxBytes)
    {
        var buffer = new PieceBuffer(maxBytes);
        using var json = new Utf8JsonWriter(buffer, WireJson.Options);
        var count = 0;
        json.WriteStartArray();
        foreach (var game in games)
        {
            WireJson.Write(json, game, marketsOf?.Invoke(game));
            count++;
        }

        json.WriteEndArray();
        json.Flush();
        return new GamesArray(buffer.Written, count);
    }

    /// <summary>A <c>welcome</c> frame.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="connectionId">The connection's <c>conn_id</c>.</param>
    /// <param name="subscription">What the client asked for.</param>
    /// <param name="sharesCompression">True when the client can read the compressed frames of its group.</param>
    public ReadOnlyMemory<byte> Welcome(string channel, long connectionId, Subscription subscription, bool sharesCompression = false)
    {
        BeginFrame("welcome"u8);
        _json.WriteString("channel"u8, channel);
        _json.WriteNumber("conn_id"u8, connectionId);
        _json.WriteString("message"u8, $"connected to pushnet {channel} channel");
        SubscriptionJson.Write(_json, subscription);
        if (sharesCompression)
        {
            _json.WriteString("compression"u8, "shared"u8);
        }

        return EndFrame();
    }

    /// <summary>A <c>snapshot</c> frame around games that were encoded before. A large one holds their memory instead of a copy.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="ts">Epoch milliseconds.</param>
    /// <param name="games">The live games.</param>
    /// <param name="seq">The number of the last event before it.</param>
    public ReadOnlySequence<byte> Snapshot(string channel, long ts, GamesArray games, long seq)
    {
        BeginFrame("snapshot"u8);
        _json.WriteString("channel"u8, channel);
        _json.WriteNumber("ts"u8, ts);
        _json.WriteNumber("count"u8, games.Count);
        _json.WritePropertyName("games"u8);
        _json.Flush();
        var begin = _buffer.WrittenSpan;
        ReadOnlySpan<byte> end = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"seq\":{seq}}}"));
        var length = begin.Length + games.Bytes.Length + end.Length;
        Span<byte> header = stackalloc byte[WebSocketFrame.MaxHeaderLength];
        header = header[..WebSocketFrame.WriteTextHeader(header, checked((int)length))];
        if (length > LargestBlock)
        {
            return Pieces.Join([(byte[])[.. header, .. begin], .. Pieces.BlocksOf(games.Bytes), end.ToArray()]);
        }

        var frame = new byte[header.Length + length];
        header.CopyTo(frame);
        begin.CopyTo(frame.AsSpan(header.Length));
        games.Bytes.CopyTo(frame.AsSpan(header.Length + begin.Length));
        end.CopyTo(frame.AsSpan(frame.Length - end.Length));
        return new ReadOnlySequence<byte>(frame);
    }

    /// <summary>A <c>lagged</c> frame.</summary>
    /// <param name="dropped">What was dropped.</param>
    /// <param name="ts">Epoch milliseconds.</param>
    public ReadOnlyMemory<byte> Lagged(DropCounts dropped, long ts)
    {
        BeginFrame("lagged"u8);
        _json.WriteNumber("dropped"u8, dropped.Total);
        _json.WriteStartObject("dropped_by_type"u8);
        foreach (var kind in Enum.GetValues<EventKind>())
        {
            if (dropped[kind] > 0)
            {
                _json.WriteNumber(WireJson.TypeName(kind), dropped[kind]);
            }
        }

        _json.WriteEndObject();
        _json.WriteNumber("ts"u8, ts);
        _json.WriteNumber("seq"u8, dropped.NewestSeq);
        return EndFrame();
    }

    /// <summary>A <c>reconnect</c> frame.</summary>
    /// <param name="after">How long this client should wait after the close.</param>
    /// <param name="reason">Why the server closes.</param>
    public ReadOnlyMemory<byte> Reconnect(TimeSpan after, string reason)
    {
        BeginFrame("reconnect"u8);
        _json.WriteNumber("after_ms"u8, (long)after.TotalMilliseconds);
        _json.WriteString("reason"u8, reason);
        return EndFrame();
    }

    /// <summary>A <c>feed</c> frame.</summary>
    /// <param name="stale">The sources whose data may be old; none: all are fresh again.</param>
    /// <param name="ts">Epoch milliseconds.</param>
    public ReadOnlyMemory<byte> Feed(IEnumerable<StaleFeed> stale, long ts)
    {
        BeginFrame("feed"u8);
        _json.WriteStartArray("stale"u8);
        foreach (var feed in stale)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, feed.Name);
            _json.WriteString("state"u8, feed.State);
            WireJson.WriteNumber(_json, "last_observation_ms"u8, feed.LastObservation);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteNumber("ts"u8, ts);
        return EndFrame();
    }

    /// <summary>A <c>pong</c> frame.</summary>
    /// <param name="ts">Epoch milliseconds.</param>
    public ReadOnlyMemory<byte> Pong(long ts)
    {
        BeginFrame("pong"u8);
        _json.WriteNumber("ts"u8, ts);
        return EndFrame();
    }

    /// <summary>An <c>error</c> frame.</summary>
    /// <param name="error">What is wrong, as a sentence.</param>
    public ReadOnlyMemory<byte> Error(string error)
    {
        BeginFrame("error"u8);
        _json.WriteString("error"u8, error);
        return EndFrame();
    }

    private void Begin()
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
    }

    private void BeginFrame(ReadOnlySpan<byte> type)
    {
        Begin();
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
    }

    private byte[] EndFrame()
    {
        _json.WriteEndObject();
        return Frame();
    }

    private byte[] Frame()
    {
        _json.Flush();
        return WebSocketFrame.Text(_buffer.WrittenSpan);
    }
}
