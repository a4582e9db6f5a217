using System.Buffers;
using System.IO.Compression;

namespace PushNet.Actors.Wire;

/// <summary>Reads what a <see cref="MessageDeflater"/> makes, as a client does. Not thread-safe.</summary>
public sealed class MessageInflater : IDisposable
{
    private const int Step = 1024;

    private readonly Input _input = new();
    private readonly ArrayBufferWriter<byte> _message = new(Step);
    private readonly DeflateStream _inflate;

    /// <summary>A reader that has read nothing yet.</summary>
    public MessageInflater() => _inflate = new DeflateStream(_input, CompressionMode.Decompress);

    /// <summary>Reads the next message.</summary>
    /// <param name="payload">What the frame carries.</param>
    /// <returns>The message; valid until the next is read.</returns>
    /// <exception cref="InvalidDataException">It can't be read.</exception>
    public ReadOnlySpan<byte> Inflate(ReadOnlySpan<byte> payload)
    {
        _input.SetLength(0);
        _input.Write(payload);
        _input.Write(MessageDeflater.Tail);
        _input.Position = 0;
        _message.ResetWrittenCount();

        // When all input was taken and there was room left, nothing more comes.
        int read, room;
        do
        {
            var buffer = _message.GetSpan(Step);
            (read, room) = (Read(buffer), buffer.Length);
            _message.Advance(read);
        }
        while (read == room || (read > 0 && _input.Position < _input.Length));

        return _message.WrittenSpan;
    }

    /// <inheritdoc />
    public void Dispose() => _inflate.Dispose();

    private int Read(Span<byte> room)
    {
        try
        {
            return _inflate.Read(room);
        }
        catch (EndOfStreamException)
        {
            return 0;
        }
    }

    /// <summary>
    /// One message. Its end is not the end of the stream, so it must not look like one: a process that validates strictly would take the
    /// stream for truncated (the switch <c>System.IO.Compression.UseStrictValidation</c>, which ingest needs).
    /// </summary>
    private sealed class Input : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is var read and > 0 ? read : throw new EndOfStreamException();

        public override int Read(Span<byte> buffer) => base.Read(buffer) is var read and > 0 ? read : throw new EndOfStreamException();
    }
}
