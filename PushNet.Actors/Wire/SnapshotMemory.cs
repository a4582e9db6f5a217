using PushNet.Actors.Clock;

namespace PushNet.Actors.Wire;

/// <summary>
/// Bounds what the snapshots of all clients hold in memory together, over both channels. Room is taken before a snapshot is
/// made. It is free again when each client that was given the snapshot has written it or is gone. Thread-safe.
/// </summary>
/// <param name="limit">Bytes at most.</param>
/// <param name="time">The clock.</param>
public sealed class SnapshotMemory(long limit, TimeProvider time)
{
    /// <summary>The limit by default, in bytes.</summary>
    public const long DefaultLimit = 512 * 1024 * 1024;

    // Looking at every holder costs a question to the kernel for each.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<SnapshotHold> _holds = [];
    private long _taken;
    private Moment _lookedAt = Moment.LongAgo;

    /// <summary>Bytes that one snapshot may have: half of the limit, so that one can be made while others are being written.</summary>
    public long LargestSnapshot => limit / 2;

    /// <summary>
    /// Bytes that each channel keeps in snapshots that nobody has to write just now, so that a storm of joins can share them.
    /// </summary>
    public long MostKept => limit / 8;

    /// <summary>Bytes that are taken.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>True when there may be no room for a large snapshot.</summary>
    public bool IsShort => Taken > limit - LargestSnapshot;

    /// <summary>Takes room for a snapshot that is going to be made.</summary>
    /// <param name="bytes">The most bytes that it may have.</param>
    /// <returns>Null when there is not enough.</returns>
    public SnapshotRoom? TryTake(long bytes)
    {
        lock (_gate)
        {
            if (_taken + bytes > limit)
            {
                return null;
            }

            _taken += bytes;
            return new SnapshotRoom(this, bytes);
        }
    }

    /// <summary>Somebody waits for room. Ends the connections that hold some and take nothing, at most once a second.</summary>
    public void MakeRoom()
    {
        var now = Moment.Now(time);
        SnapshotHold[] holds;
        lock (_gate)
        {
            if (now - _lookedAt < LookInterval)
            {
                return;
            }

            _lookedAt = now;
            holds = [.. _holds];
        }

        foreach (var hold in holds)
        {
            hold.Look(now);
        }
    }

    internal SnapshotHold Hold(SharedSnapshot snapshot, ISnapshotHolder holder)
    {
        var hold = new SnapshotHold(this, snapshot, holder, Moment.Now(time));
        lock (_gate)
        {
            _holds.Add(hold);
        }

        return hold;
    }

    internal void Forget(SnapshotHold hold)
    {
        lock (_gate)
        {
            _holds.Remove(hold);
        }
    }

    internal void GiveBack(long bytes)
    {
        lock (_gate)
        {
            _taken -= bytes;
        }
    }
}
