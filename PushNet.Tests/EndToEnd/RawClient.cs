using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using PushNet.Actors.Wire;

namespace PushNet.Tests.EndToEnd;

/// <summary>A frame as it came over the wire.</summary>
/// <param name="Opcode">RFC 6455 section 5.2.</param>
/// <param name="Payload">Its payload, inflated.</param>
/// <param name="IsCompressed">RFC 7692 section 6.</param>
internal sealed record RawFrame(int Opcode, byte[] Payload, bool IsCompressed)
{
    public const int Text = 0x1;
    public const int Binary = 0x2;
    public const int Close = 0x8;
    public const int Ping = 0x9;
    public const int Pong = 0xA;

    public JsonElement Json => JsonDocument.Parse(Payload).RootElement;

    public string? Type => Opcode == Text ? Json.GetProperty("type").GetString() : null;

    public int CloseCode => BinaryPrimitives.ReadUInt16BigEndian(Payload);
}

/// <summary>A client that writes and reads bytes, to do what .NET's own client would not.</summary>
internal sealed class RawClient(Socket socket, string host) : IDisposable
{
    private const int Compressed = 0x40;
    private static readonly byte[] Mask = [1, 2, 3, 4];

    private readonly BufferedStream _stream = new(new NetworkStream(socket, ownsSocket: true), 64 * 1024);

    private MessageInflater? _inflater;

    public Socket Socket => socket;

    /// <summary>What was not read yet.</summary>
    public Stream Stream => _stream;

    /// <summary>The lines of an upgrade request.</summary>
    public List<string> Handshake(string channel, string key = PushServer.Key) =>
    [
        $"GET /ws/{channel}?key={key} HTTP/1.1", $"Host: {host}", "Upgrade: websocket", "Connection: keep-alive, Upgrade",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ];

    /// <summary>Sends a request and reads the head of the answer.</summary>
    public async Task<string> RequestAsync(IEnumerable<string> lines)
    {
        await SendAsync(string.Join("\r\n", lines) + "\r\n\r\n");
        return await ReadHeadAsync();
    }

    public async Task SendAsync(string text) => await socket.SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Reads an answer up to its empty line.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)await ReadByte());
        }

        return head.ToString();
    }

    /// <summary>Reads the next chunk of a body.</summary>
    public async Task<string> ReadBodyAsync()
    {
        var length = Convert.ToInt32(await ReadLineAsync(), 16);
        var chunk = Encoding.UTF8.GetString(await ReadExactly(length));
        await ReadLineAsync();
        return chunk;
    }

    /// <summary>Upgrades and reads welcome and snapshot.</summary>
    /// <param name="channel">live or odds.</param>
    /// <param name="key">The key that it presents.</param>
    /// <param name="more">Further lines of the request.</param>
    public async Task<RawClient> JoinAsync(string channel, string key = PushServer.Key, params IEnumerable<string> more)
    {
        var head = await RequestAsync([.. Handshake(channel, key), .. more]);
        Assert.StartsWith("HTTP/1.1 101 ", head);
        Assert.Equal("welcome", (await ReadFrameAsync())!.Type);
        Assert.Equal("snapshot", (await ReadFrameAsync())!.Type);
        return this;
    }

    public Task SendTextAsync(string text) => SendFrameAsync(0x80 | RawFrame.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>Sends one masked frame.</summary>
    /// <param name="firstByte">FIN, reserved bits and opcode.</param>
    /// <param name="payload">Up to 65,535 bytes.</param>
    public async Task SendFrameAsync(int firstByte, byte[] payload) => await socket.SendAsync(Frame(firstByte, payload));

    public static byte[] Frame(int firstByte, byte[] payload)
    {
        byte[] length = payload.Length <= 125
            ? [(byte)(0x80 | payload.Length)] : [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [(byte)firstByte, .. length, .. Mask, .. payload.Select((b, i) => (byte)(b ^ Mask[i % 4]))];
    }

    /// <summary>A message compressed by itself, without the tail (RFC 7692 section 7.2.1).</summary>
    public static byte[] Deflate(ReadOnlySpan<byte> message) => Deflate([], message);

    /// <summary>The same with a window that holds another message already.</summary>
    public static byte[] Deflate(ReadOnlySpan<byte> before, ReadOnlySpan<byte> message)
    {
        using var bytes = new MemoryStream();
        using var deflate = new DeflateStream(bytes, CompressionLevel.Optimal);
        deflate.Write(before);
        deflate.Flush();
        var begin = (int)bytes.Length;
        deflate.Write(message);
        deflate.Flush();
        return message.IsEmpty ? [0x00] : bytes.ToArray()[begin..^4];
    }

    public static byte[] ClosePayload(int code) => [(byte)(code >> 8), (byte)code];

    /// <summary>Sends bytes that fail the connection, and reads to its end.</summary>
    public async Task FailsAsync(string what, byte[] bytes, int code)
    {
        await Socket.SendAsync(bytes);

        var close = await ReadUntilAsync(RawFrame.Close);
        Assert.True(close is not null, what);
        Assert.Equal(code, close.CloseCode);
        Socket.Shutdown(SocketShutdown.Send);
        Assert.Null(await ReadFrameAsync());
    }

    /// <summary>The next frame; null at the end of the stream.</summary>
    public async Task<RawFrame?> ReadFrameAsync()
    {
        var first = await ReadByte();
        if (first < 0)
        {
            return null;
        }

        var length = await ReadByte() switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadExactly(2)),
            127 => (int)BinaryPrimitives.ReadUInt64BigEndian(await ReadExactly(8)),
            var n => n,
        };
        var payload = await ReadExactly(length);
        var isCompressed = (first & Compressed) != 0;
        return new RawFrame(first & 0xF, isCompressed ? (_inflater ??= new()).Inflate(payload).ToArray() : payload, isCompressed);
    }

    /// <summary>Reads up to the first frame of an opcode; null when the stream ended before.</summary>
    public async Task<RawFrame?> ReadUntilAsync(int opcode)
    {
        while (await ReadFrameAsync() is { } frame)
        {
            if (frame.Opcode == opcode)
            {
                return frame;
            }
        }

        return null;
    }

    public void Dispose()
    {
        _inflater?.Dispose();
        _stream.Dispose();
    }

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (await ReadByte() is var next && next != '\n')
        {
            line.Append((char)next);
        }

        return line.ToString().Trim();
    }

    private async Task<int> ReadByte()
    {
        var one = new byte[1];
        using var timeout = new CancellationTokenSource(PushServer.Patience);
        return await _stream.ReadAsync(one, timeout.Token) == 0 ? -1 : one[0];
    }

    private async Task<byte[]> ReadExactly(int length)
    {
        var bytes = new byte[length];
        using var timeout = new CancellationTokenSource(PushServer.Patience);
        await _stream.ReadExactlyAsync(bytes, timeout.Token);
        return bytes;
    }
}
