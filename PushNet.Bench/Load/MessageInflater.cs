using System.IO.Compression;

namespace PushNet.Bench.Load;

/// <summary>Inflates the messages of one connection, in their order (RFC 7692 section 7.2.2).</summary>
internal sealed class MessageInflater : IDisposable
{
    private static readonly byte[] Tail = [0x00, 0x00, 0xFF, 0xFF];

    private readonly Source _source = new();
    private readonly DeflateStream _inflate;
    private byte[] _message = new byte[1024];

    public MessageInflater() => _inflate = new DeflateStream(_source, CompressionMode.Decompress);

    /// <summary>Inflates a message.</summary>
    /// <param name="payload">The payload of its frame.</param>
    /// <returns>Holds until the next.</returns>
    /// <exception cref="InvalidDataException">It can't be inflated.</exception>
    public ReadOnlySpan<byte> Inflate(ReadOnlySpan<byte> payload)
    {
        _source.Set(payload, Tail);
        var length = 0;
        while (_inflate.Read(_message, length, _message.Length - length) is var read and > 0)
        {
            length += read;
            if (length == _message.Length)
            {
                Array.Resize(ref _message, 2 * length);
            }
        }

        return _message.AsSpan(0, length);
    }

    public void Dispose() => _inflate.Dispose();

    /// <summary>Gives one message and then an end, which is none: the next message follows.</summary>
    private sealed class Source : Stream
    {
        private byte[] _bytes = [];
        private int _length;
        private int _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Set(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> tail)
        {
            (_given, _length) = (0, payload.Length + tail.Length);
            if (_bytes.Length < _length)
            {
                _bytes = new byte[_length];
            }

            payload.CopyTo(_bytes);
            tail.CopyTo(_bytes.AsSpan(payload.Length));
        }

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, _length - _given);
            _bytes.AsSpan(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
