using PushNet.Actors.Wire;

namespace PushNet.Actors.Subscribers;

/// <summary>
/// When a subscriber that lost state events asks for a snapshot: not while one is under way, and no sooner than the
/// interval after the last was written. Pure: the time comes in.
/// </summary>
internal sealed class Healing
{
    /// <summary>Snapshots for one subscriber come no closer together than this.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _lostStateSeq;
    private bool _underWay;
    private DateTimeOffset _healedAt = DateTimeOffset.MinValue;

    /// <summary>The client was told of a loss.</summary>
    /// <returns>How long to wait before asking for a snapshot; null when there is nothing to ask for.</returns>
    public TimeSpan? Lost(DropCounts dropped, DateTimeOffset now)
    {
        _lostStateSeq = Math.Max(_lostStateSeq, dropped.NewestStateSeq);
        return _lostStateSeq > 0 && !_underWay ? Begin(now) : null;
    }

    /// <summary>A snapshot was written.</summary>
    /// <param name="seq">What was lost up to it is healed by it.</param>
    /// <param name="now">The time.</param>
    /// <returns>As <see cref="Lost"/>, for what was lost since.</returns>
    public TimeSpan? Healed(long seq, DateTimeOffset now)
    {
        (_underWay, _healedAt) = (false, now);
        if (_lostStateSeq > seq)
        {
            return Begin(now);
        }

        _lostStateSeq = 0;
        return null;
    }

    private TimeSpan Begin(DateTimeOffset now)
    {
        _underWay = true;
        var wait = _healedAt + Interval - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
