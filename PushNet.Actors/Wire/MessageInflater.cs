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
        for (int read; (read = _inflate.Read(_message.GetSpan(Step))) > 0;)
        {
            _message.Advance(read);
        }

        return _message.WrittenSpan;
    }

    /// <inheritdoc />
    public void Dispose() => _inflate.Dispose();
}
