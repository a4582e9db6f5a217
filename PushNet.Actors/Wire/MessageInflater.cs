using System.Buffers;
using System.IO.Compression;

namespace PushNet.Actors.Wire;

/// <summary>Reads what a <see cref="MessageDeflater"/> makes, as a client does. Not thread-safe.</summary>
public sealed class MessageInflater : IDisposable
{
    private const int Step = 1024;

    private readonly MemoryStream _input = new();
    private readonly ArrayBufferWriter<byte> _message = new(Step);
    private readonly DeflateStream _inflate;

    /// <summary>A reader that has read nothing yet.</summary>
    public MessageInflater() => _inflate = new DeflateStream(_input, CompressionMode.Decompress);

    private bool IsReadUp => _input.Position == _input.Length;

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
        while (Fill(_message.GetSpan(Step)))
        {
        }

        return _message.WrittenSpan;
    }

    // Where gzip is read strictly, the switch for it makes DeflateStream take the end of a message for a stream that was cut off. So it is
    // not asked again when it has shown that nothing is left, which only a buffer that is full to the last byte leaves open.
    private bool Fill(Span<byte> room)
    {
        var read = 0;
        var wasReadUp = IsReadUp;
        try
        {
            read = _inflate.Read(room);
        }
        catch (InvalidDataException) when (wasReadUp)
        {
        }

        _message.Advance(read);
        return read > 0 && !(IsReadUp && read < room.Length);
    }

    /// <inheritdoc />
    public void Dispose() => _inflate.Dispose();
}
