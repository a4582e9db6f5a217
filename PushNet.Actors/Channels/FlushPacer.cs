using PushNet.Actors.Clock;

namespace PushNet.Actors.Channels;

/// <summary>
/// Decides when the next batch goes out. A lone event waits for nobody. Under load, the next batch waits until the healthy subscribers
/// wrote the last one, and then rests for a multiple of the time that took. So the fan-out is never busy all the time, and batches grow
/// with the load. Pure: the time is passed in.
/// </summary>
/// <param name="maxDelay">How long a flush waits at most.</param>
/// <param name="rest">
/// How long the fan-out rests after a batch, as a multiple of the time that the batch took; never longer than 3 ms.
/// </param>
public sealed class FlushPacer(TimeSpan maxDelay, double rest)
{
    // The time a batch takes grows with the subscribers. What a rest saves does not: large batches gain little from being larger.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(3);

    // How many times in the longest delay it is checked whether anybody has written.
    private const int LooksInDelay = 4;

    private Moment _flushedAt = Moment.LongAgo;
    private Moment _notBefore = Moment.LongAgo;
    private bool _outstanding;
    private Moment _progressAt = Moment.LongAgo;
    private int _left;

    /// <summary>How long to wait before the next flush. Zero or less means now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isFull">True when a full batch waits, which has nothing to gain from a rest.</param>
    public TimeSpan TimeToWait(Moment now, bool isFull) =>
        _outstanding ? _flushedAt + maxDelay - now
        : isFull ? TimeSpan.Zero
        : _notBefore - now;

    /// <summary>
    /// The same while sources wait. Healthy subscribers are waited for as long as they go on writing. When most of them have written, the
    /// others are waited for half as long, and slower ones are left behind.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="outstanding">How many have not written the last batch.</param>
    /// <param name="subscribers">How many there are.</param>
    public TimeSpan TimeToWaitInBurst(Moment now, int outstanding, int subscribers)
    {
        if (!_outstanding)
        {
            return TimeSpan.Zero;
        }

        if (outstanding != _left)
        {
            (_left, _progressAt) = (outstanding, now);
        }

        var wait = _progressAt + (2 * outstanding <= subscribers ? maxDelay / 2 : maxDelay) - now;
        return wait < maxDelay / LooksInDelay ? wait : maxDelay / LooksInDelay;
    }

    /// <summary>A batch goes out.</summary>
    public void Flushed(Moment now) => (_flushedAt, _outstanding, _left) = (now, true, -1);

    /// <summary>All healthy subscribers wrote the last batch.</summary>
    public void Drained(Moment now)
    {
        var pause = (now - _flushedAt) * rest;
        _notBefore = now + (pause < LongestRest ? pause : LongestRest);
        _outstanding = false;
    }
}
