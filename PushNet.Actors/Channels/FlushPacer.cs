using PushNet.Actors.Clock;

namespace PushNet.Actors.Channels;

/// <summary>
/// Decides when the next batch goes out. A lone event waits for nobody; under load the next batch waits until the
/// healthy subscribers wrote the last one, and then for a share of the time that took, so that the fan-out is never busy
/// all the time and batches grow as the load asks for. Pure: the time comes in as an argument.
/// </summary>
/// <param name="maxDelay">How long a flush waits at most.</param>
/// <param name="rest">
/// How long the fan-out rests after a batch, as a multiple of the time that the batch took; never longer than 3 ms.
/// </param>
public sealed class FlushPacer(TimeSpan maxDelay, double rest)
{
    // The time a batch takes grows with the subscribers. What a rest saves does not: large batches gain little from being larger.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(3);

    private Moment _flushedAt = Moment.LongAgo;
    private Moment _notBefore = Moment.LongAgo;
    private bool _outstanding;

    /// <summary>How long to wait before the next flush; zero or less: flush now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isFull">True when a full batch waits, which has nothing to gain from a rest.</param>
    public TimeSpan TimeToWait(Moment now, bool isFull) =>
        _outstanding ? _flushedAt + maxDelay - now
        : isFull ? TimeSpan.Zero
        : _notBefore - now;

    /// <summary>A batch goes out.</summary>
    public void Flushed(Moment now) => (_flushedAt, _outstanding) = (now, true);

    /// <summary>All healthy subscribers wrote the last batch.</summary>
    public void Drained(Moment now)
    {
        var pause = (now - _flushedAt) * rest;
        _notBefore = now + (pause < LongestRest ? pause : LongestRest);
        _outstanding = false;
    }
}
