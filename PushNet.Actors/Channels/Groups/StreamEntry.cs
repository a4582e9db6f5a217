using System.Buffers;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels.Groups;

/// <summary>
/// Where newcomers in a storm of joins enter a compressed stream and are in step at once. It has a snapshot as of a key frame,
/// compressed once for all of them, and the stream since. Belongs to one publisher.
/// </summary>
/// <param name="snapshot">The compressed snapshot, which is released with this.</param>
internal sealed class StreamEntry(SharedSnapshot snapshot) : IDisposable
{
    // About the size of a snapshot of a hundred games. A client that would have to read more is better off with a new snapshot.
    private const int MostBytes = 128 * 1024;

    // Only appended to, because clients that were given its beginning share it.
    private readonly ArrayBufferWriter<byte> _since = new();
    private long? _end;

    /// <summary>The snapshot.</summary>
    public SharedSnapshot Snapshot => snapshot;

    /// <summary>The stream since.</summary>
    public CatchUp Since => new(_since.WrittenMemory, _end);

    /// <summary>True when there is too much for newcomers to read.</summary>
    public bool IsTooLong => _since.WrittenCount > MostBytes;

    /// <summary>A batch of the stream goes out.</summary>
    public void Add(CompressedBatch batch)
    {
        _since.Write(batch.Bytes.Span);
        _end = batch.End;
    }

    /// <inheritdoc />
    public void Dispose() => snapshot.Release();
}
