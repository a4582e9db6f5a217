namespace PushNet.Web.Sockets;

/// <summary>
/// The Ping rule of contract section 1.4: a Ping every interval whatever the client sends; any byte received is life; a
/// peer from which nothing came for the timeout after a Ping was taken by its socket is dead. Pure: times come in.
/// </summary>
/// <param name="interval">Between two Pings.</param>
/// <param name="timeout">Silence after a Ping that means death.</param>
/// <param name="now">When the connection began.</param>
internal sealed class PeerLife(TimeSpan interval, TimeSpan timeout, TimeSpan now)
{
    private readonly Lock _gate = new();
    private TimeSpan _nextPing = now + interval;
    private TimeSpan? _unansweredSince;
    private long _received;

    /// <summary>Bytes came.</summary>
    public void Received()
    {
        lock (_gate)
        {
            _unansweredSince = null;
            _received++;
        }
    }

    /// <summary>A Ping is about to be written.</summary>
    /// <returns>To be given to <see cref="PingTaken"/>: the answer may come before the write is known to have ended.</returns>
    public long PingBegins()
    {
        lock (_gate)
        {
            return _received;
        }
    }

    /// <summary>The socket took a Ping.</summary>
    /// <param name="begun">What <see cref="PingBegins"/> returned.</param>
    /// <param name="now">The time.</param>
    public void PingTaken(long begun, TimeSpan now)
    {
        lock (_gate)
        {
            if (begun == _received)
            {
                _unansweredSince ??= now;
            }
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
    public bool IsDead(TimeSpan now)
    {
        lock (_gate)
        {
            return now - _unansweredSince >= timeout;
        }
    }
}
