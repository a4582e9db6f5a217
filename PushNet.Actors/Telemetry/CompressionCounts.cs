namespace PushNet.Actors.Telemetry;

/// <summary>What the compressed streams of one channel count, once per batch. Written by the publisher alone, read by anybody.</summary>
public sealed class CompressionCounts
{
    private long _events;
    private long _plainBytes;
    private long _compressedBytes;
    private long _keyFrames;
    private long _broken;
    private int _streams;

    /// <summary>Streams that run.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>Events that were compressed.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>Bytes of their plain frames.</summary>
    public long PlainBytes => Volatile.Read(ref _plainBytes);

    /// <summary>Bytes of their compressed frames.</summary>
    public long CompressedBytes => Volatile.Read(ref _compressedBytes);

    /// <summary>Key frames.</summary>
    public long KeyFrames => Volatile.Read(ref _keyFrames);

    /// <summary>Streams that ended because they could not be read back.</summary>
    public long Broken => Volatile.Read(ref _broken);

    internal void Opened() => Volatile.Write(ref _streams, _streams + 1);

    internal void Closed() => Volatile.Write(ref _streams, _streams - 1);

    internal void Broke() => Volatile.Write(ref _broken, _broken + 1);

    internal void Compressed(int events, long plainBytes, long compressedBytes, bool isKey)
    {
        Volatile.Write(ref _events, _events + events);
        Volatile.Write(ref _plainBytes, _plainBytes + plainBytes);
        Volatile.Write(ref _compressedBytes, _compressedBytes + compressedBytes);
        Volatile.Write(ref _keyFrames, _keyFrames + (isKey ? 1 : 0));
    }
}
