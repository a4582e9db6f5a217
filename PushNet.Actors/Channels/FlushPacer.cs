namespace PushNet.Actors.Channels;

/// <summary>
/// Decides when the next batch goes out. A lone event waits for nobody; under load the next batch waits until the
/// healthy subscribers wrote the last one, and then as long again, so that the fan-out is busy half the time at most and
/// batches grow as the load asks for. Pure: the time comes in as an argument.
/// </summary>
/// <param name="maxDelay">How long a flush waits at most.</param>
public sealed class FlushPacer(TimeSpan maxDelay)
{
    private DateTimeOffset _flushedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private bool _outstanding;

    /// <summary>How long to wait before the next flush; zero or less: flush now.</summary>
    public TimeSpan TimeToWait(DateTimeOffset now) => (_outstanding ? _flushedAt + maxDelay : _notBefore) - now;

    /// <summary>A batch goes out.</summary>
    public void Flushed(DateTimeOffset now) => (_flushedAt, _outstanding) = (now, true);

    /// <summary>All healthy subscribers wrote the last batch.</summary>
    public void Drained(DateTimeOffset now)
    {
        var cost = now - _flushedAt;
        _notBefore = now + (cost < maxDelay ? cost : maxDelay);
        _outstanding = false;
    }
}
