using System.Buffers;
using System.IO.Compression;

namespace PushNet.Actors.Wire;

/// <summary>
/// Deflates one message after the other into a WebSocket frame each, with the messages before as context (RFC 7692 section 7.2.1).
/// Not thread-safe.
/// </summary>
public sealed class MessageDeflater : IDisposable
{
    private readonly ZLibCompressionOptions _options;
    private readonly MemoryStream _output = new();
    private DeflateStream _deflate;

    /// <summary>A deflater without context.</summary>
    /// <param name="level">The compression level: 1 to 9.</param>
    public MessageDeflater(int level)
    {
        _options = new ZLibCompressionOptions { CompressionLevel = level };
        _deflate = Begin();
    }

    /// <summary>The bytes that a sync flush ends with. A compressed message is sent without them.</summary>
    internal static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xFF, 0xFF];

    /// <summary>
    /// Forgets the context, so that what follows can be read without what came before. A client that has read that can still go on: a new
    /// deflate stream continues an old one as a full flush would.
    /// </summary>
    public void Forget()
    {
        End();
        _deflate = Begin();
    }

    /// <summary>Adds a message as one compressed frame.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="frames">Gets the frame.</param>
    /// <exception cref="InvalidDataException">The compressed message does not end with a sync flush.</exception>
    public void Append(ReadOnlySpan<byte> payload, IBufferWriter<byte> frames)
    {
        _deflate.Write(payload);
        AppendFlushed(frames);
    }

    /// <summary>A frame with a context of its own.</summary>
    /// <param name="frame">A plain frame.</param>
    /// <param name="level">The compression level: 1 to 9.</param>
    public static ReadOnlySequence<byte> StandAlone(ReadOnlySequence<byte> frame, int level)
    {
        using var deflater = new MessageDeflater(level);
        foreach (var block in frame.Slice(WebSocketFrame.PayloadOf(frame.FirstSpan).Offset))
        {
            deflater._deflate.Write(block.Span);
        }

        var compressed = new ArrayBufferWriter<byte>();
        deflater.AppendFlushed(compressed);
        return new ReadOnlySequence<byte>(compressed.WrittenMemory);
    }

    /// <inheritdoc />
    public void Dispose() => End();

    private DeflateStream Begin() => new(_output, _options, leaveOpen: true);

    // Its last block says that nothing follows. Many clients take it at its word, so it is never sent.
    private void End()
    {
        _deflate.Dispose();
        _output.SetLength(0);
    }

    private void AppendFlushed(IBufferWriter<byte> frames)
    {
        // This is a sync flush, whatever its documentation says.
        _deflate.Flush();
        var deflated = _output.GetBuffer().AsSpan(0, (int)_output.Length);
        if (!deflated.EndsWith(Tail))
        {
            throw new InvalidDataException("a compressed message does not end with a sync flush");
        }

        deflated = deflated[..^Tail.Length];
        frames.Advance(WebSocketFrame.WriteTextHeader(frames.GetSpan(WebSocketFrame.MaxHeaderLength), deflated.Length, isCompressed: true));
        frames.Write(deflated);
        _output.SetLength(0);
    }
}
