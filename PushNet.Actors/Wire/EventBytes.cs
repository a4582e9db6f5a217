using System.Globalization;
using System.Text;

namespace PushNet.Actors.Wire;

/// <summary>Server-sent events, in the two forms in which they go out. Immutable and shared.</summary>
public readonly struct EventBytes
{
    private readonly byte[] _chunk;
    private readonly Range _events;

    private EventBytes(byte[] chunk, Range events) => (_chunk, _events) = (chunk, events);

    /// <summary>The end of a body in chunks.</summary>
    public static ReadOnlyMemory<byte> LastChunk { get; } = "0\r\n\r\n"u8.ToArray();

    /// <summary>One chunk of HTTP/1.1 (RFC 9112 section 7.1), for a connection to which nobody else writes.</summary>
    public ReadOnlyMemory<byte> Chunk => _chunk;

    /// <summary>The events alone, for a body that the web server writes.</summary>
    public ReadOnlyMemory<byte> Events => _chunk.AsMemory(_events);

    internal static ReadOnlySpan<byte> ChunkEnd => "\r\n"u8;

    /// <summary>Copies events.</summary>
    internal static EventBytes Of(ReadOnlySpan<byte> events)
    {
        var header = ChunkHeader(events.Length);
        return new EventBytes([.. header, .. events, .. ChunkEnd], header.Length..^ChunkEnd.Length);
    }

    /// <summary>What stands before a chunk.</summary>
    /// <param name="length">Its length in bytes, at least 1.</param>
    internal static byte[] ChunkHeader(long length) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length:X}\r\n"));
}
