namespace PushNet.Web.Sockets;

/// <summary>
/// The Ping rule (docs/protocol.md#pings-and-life). A Ping goes out every interval, whatever the client sends. Any byte received is
/// a sign of life. A peer is dead when nothing came from it for the timeout after its socket took a Ping. Pure: the time is passed in.
/// </summary>
/// <param name="interval">The time between two Pings.</param>
/// <param name="timeout">The silence after a Ping that means death.</param>
/// <param name="now">When the connection began.</param>
internal sealed class PeerLife(TimeSpan interval, TimeSpan timeout, TimeSpan now)
{
    private TimeSpan _nextPing = now + interval;
    private long _received;

    // The oldest unanswered Ping, identified by how much had been received when it began; -1 when there is none.
    private long _unanswered = -1;
    private TimeSpan _unansweredSince;

    /// <summary>How often bytes came.</summary>
    public long Reads => Interlocked.Read(ref _received);

    /// <summary>Bytes came.</summary>
    public void Received() => Interlocked.Increment(ref _received);

    /// <summary>A Ping is about to be written.</summary>
    /// <returns>A value for <see cref="PingTaken"/>, because the answer may come before the write is known to have ended.</returns>
    public long PingBegins() => Interlocked.Read(ref _received);

    /// <summary>The socket took a Ping. One at a time.</summary>
    /// <param name="begun">What <see cref="PingBegins"/> returned.</param>
    /// <param name="now">The time.</param>
    public void PingTaken(long begun, TimeSpan now)
    {
        if (_unanswered != begun)
        {
            _unansweredSince = now;
            Volatile.Write(ref _unanswered, begun);
        }
    }

    /// <summary>True once per interval.</summary>
    public bool IsPingDue(TimeSpan now)
    {
        if (now < _nextPing)
        {
            return false;
        }

        _nextPing = now - _nextPing < interval ? _nextPing + interval : now + interval;
        return true;
    }

    /// <summary>True when the peer has been silent for too long.</summary>
    public bool IsDead(TimeSpan now) =>
        Volatile.Read(ref _unanswered) == Interlocked.Read(ref _received) && now - _unansweredSince >= timeout;
}
