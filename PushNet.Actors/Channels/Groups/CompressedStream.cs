using System.Buffers;
using PushNet.Actors.Clock;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels.Groups;

/// <summary>
/// The events of a group, compressed once for all its clients that take compressed frames, with all events before as context. It runs
/// only while that is worth it. Key frames let in clients that are out of step. They come at the beginning of batches, when a client
/// needs one and the pace allows it. Belongs to one publisher; the time is passed in.
/// </summary>
/// <param name="setup">What all streams of the channel have in common.</param>
/// <param name="isPlainGroup">True for the group that gets everything as it happens, which may always have a stream.</param>
internal sealed class CompressedStream(StreamSetup setup, bool isPlainGroup) : IDisposable
{
    // Compressing this much takes 5 ms, in which no event goes out.
    private const int LargestSnapshot = 1024 * 1024;

    // In a storm a new snapshot comes four times a second.
    private static readonly TimeSpan LongestWaitForSnapshot = TimeSpan.FromMilliseconds(500);

    private readonly int _level = setup.LevelOf(isPlainGroup);
    private readonly KeyFramePace _pace = new();
    private readonly KeyFrameDemand _demand = new();
    private readonly ArrayBufferWriter<byte> _frames = new();
    private MessageDeflater? _deflater;
    private MessageInflater? _canary;
    private StreamEntry? _entry;
    private CompressedBatch? _last;
    private Moment? _snapshotAwaitedSince;
    private bool _isKeyPromised;
    private bool _isBroken;
    private long _end;

    /// <summary>Clients that take compressed frames.</summary>
    public int Sharing { get; private set; }

    /// <summary>A client comes that takes compressed frames.</summary>
    /// <param name="isInStep">True when it enters with what <see cref="EntryAt"/> gave.</param>
    public void Add(bool isInStep)
    {
        Sharing++;
        if (!isInStep)
        {
            _demand.Raise();
        }
    }

    /// <summary>Such a client leaves.</summary>
    public void Remove() => Sharing--;

    /// <summary>Compresses the next batch.</summary>
    /// <param name="events">Its events; at least one.</param>
    /// <param name="members">How many members the group has, whatever form they take.</param>
    /// <param name="progress">The progress of the batch.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null when the batch goes out in its plain form only.</returns>
    public CompressedBatch? Compress(ReadOnlySpan<EncodedEvent> events, int members, FanOutProgress progress, Moment now)
    {
        if (Sharing == 0 || members < 2 || !IsOpen())
        {
            Close();
            return null;
        }

        try
        {
            var isKey = _last is null || _isKeyPromised || (_demand.IsRaised && _pace.IsAllowed(now) && !IsSnapshotAwaited(now));
            if (isKey || _last!.Refused < Sharing)
            {
                return Compress(events, isKey, progress, now);
            }

            // Nobody is in step, and nobody can be before the next key frame.
            CloseEntry();
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            _isBroken = true;
            Close();
            setup.Broke(e);
            return null;
        }
    }

    /// <summary>
    /// Clients were given a snapshot at this place in the stream. Others in a storm of joins can share it, if a key frame may follow.
    /// </summary>
    /// <param name="plain">Its frame.</param>
    /// <param name="memory">Where there is room for its compressed form.</param>
    /// <param name="now">The time.</param>
    public void Offer(SharedSnapshot plain, SnapshotMemory memory, Moment now)
    {
        if (Sharing == 0 || _isBroken || plain.Frame.Length > LargestSnapshot || !(_last is null || _pace.IsAllowed(now)))
        {
            return;
        }

        var frame = MessageDeflater.StandAlone(plain.Frame, _level);
        using var room = memory.TryTake(frame.Length);
        if (room is not null)
        {
            CloseEntry();
            _entry = new StreamEntry(room.Fill(frame));
            _isKeyPromised = true;
        }
    }

    /// <summary>What a newcomer in a storm of joins is given to be in step at once; null when there is nothing.</summary>
    public StreamEntry? EntryAt(Moment now)
    {
        if (_isKeyPromised || _last is null || !_pace.IsAllowed(now))
        {
            return _entry;
        }

        // Another key frame may come. It waits for the next snapshot, so that it serves everybody.
        _snapshotAwaitedSince ??= now;
        return null;
    }

    /// <summary>Something happened that newcomers would not be told of: none can enter until the next snapshot.</summary>
    public void CloseEntry()
    {
        _entry?.Dispose();
        (_entry, _isKeyPromised) = (null, false);
    }

    /// <inheritdoc />
    public void Dispose() => Close();

    private bool IsSnapshotAwaited(Moment now) =>
        _snapshotAwaitedSince is { } since && now - since < LongestWaitForSnapshot;

    private bool IsOpen()
    {
        if (_deflater is null && !_isBroken && setup.TryOpen(isPlainGroup))
        {
            _deflater = new MessageDeflater(_level);
            _canary = setup.Canary?.Invoke();
        }

        return _deflater is not null;
    }

    private void Close()
    {
        // The entry no longer has all that went out.
        CloseEntry();
        if (_deflater is null)
        {
            return;
        }

        _deflater.Dispose();
        _canary?.Dispose();
        (_deflater, _canary, _last) = (null, null, null);
        setup.Close(isPlainGroup);
    }

    private CompressedBatch Compress(ReadOnlySpan<EncodedEvent> events, bool isKey, FanOutProgress progress, Moment now)
    {
        if (isKey)
        {
            BeginKeyFrame(now);
        }

        var plainBytes = 0L;
        _frames.ResetWrittenCount();
        foreach (var one in events)
        {
            var begin = _frames.WrittenCount;
            var payload = one.Frame.Span[WebSocketFrame.PayloadOf(one.Frame.Span).Offset..];
            _deflater!.Append(payload, _frames);
            Check(_frames.WrittenSpan[begin..], payload);
            plainBytes += one.Frame.Length;
        }

        var position = (_end, _end += events.Length);
        _last = new CompressedBatch(_frames.WrittenSpan.ToArray(), progress, position, isKey, _demand);
        _pace.Passed(events.Length);
        setup.Counts.Compressed(events.Length, plainBytes, _last.Bytes.Length, isKey);
        Keep(_last);
        return _last;
    }

    private void BeginKeyFrame(Moment now)
    {
        // A new deflater has nothing to forget.
        if (_last is not null)
        {
            _deflater!.Forget();
        }

        // Before anybody is told: a client that refuses an older batch later may not have this one.
        _demand.Met();
        _pace.KeyFrame(now);
        (_isKeyPromised, _snapshotAwaitedSince) = (false, null);
    }

    private void Check(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> payload)
    {
        if (_canary is not null && !_canary.Inflate(frame[WebSocketFrame.PayloadOf(frame).Offset..]).SequenceEqual(payload))
        {
            throw new InvalidDataException("a compressed message reads otherwise than it was");
        }
    }

    private void Keep(CompressedBatch batch)
    {
        _entry?.Add(batch);
        if (_entry is { IsTooLong: true })
        {
            CloseEntry();
        }
    }
}
