using PushNet.Web.Http;

namespace PushNet.Web.Ingest;

/// <summary>Tells how much is read from a stream.</summary>
/// <param name="inner">The stream, left open.</param>
/// <param name="mostAtOnce">Bytes that one read takes at most.</param>
/// <param name="onRead">Told the bytes of each read.</param>
internal sealed class MeasuredStream(Stream inner, int mostAtOnce, Action<int> onRead) : AsyncStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, mostAtOnce)], cancellationToken);
        onRead(read);
        return read;
    }
}
