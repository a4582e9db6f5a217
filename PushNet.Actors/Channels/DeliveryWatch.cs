using PushNet.Actors.Clock;

namespace PushNet.Actors.Channels;

/// <summary>
/// Measures how long an event takes from the board to the sockets. It watches one event at a time: the oldest that waits, until the
/// flush that took it is drained. Pure: the time is passed in.
/// </summary>
internal sealed class DeliveryWatch
{
    private Moment? _observedAt;
    private long _seq;
    private long? _flush;

    /// <summary>Events came.</summary>
    /// <param name="seq">The first of them.</param>
    /// <param name="observedAt">When the board took its observation.</param>
    public void Published(long seq, Moment observedAt)
    {
        if (_observedAt is null)
        {
            (_seq, _observedAt) = (seq, observedAt);
        }
    }

    /// <summary>Events go out.</summary>
    /// <param name="number">The number of the flush.</param>
    /// <param name="lastSeq">The last of them.</param>
    public void Flushed(long number, long lastSeq)
    {
        if (_observedAt is not null && _seq <= lastSeq)
        {
            _flush ??= number;
        }
    }

    /// <summary>A flush is drained.</summary>
    /// <returns>How long the watched event took, if the flush had it; otherwise null.</returns>
    public TimeSpan? Drained(long number, Moment now)
    {
        if (_flush != number)
        {
            return null;
        }

        var took = now - _observedAt;
        (_observedAt, _flush) = (null, null);
        return took;
    }
}
