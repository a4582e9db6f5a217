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

    /// <summary>Bytes came.</summary>
    public void Received()
    {
        lock (_gate)
        {
            _unansweredSince = null;
        }
    }

    /// <summary>The socket took a Ping.</summary>
    public void PingTaken(TimeSpan now)
    {
        lock (_gate)
        {
            _unansweredSince ??= now;
        }
    }

    /// <summary>True once per interval.</summary>
    public bool IsPingDue(TimeSpan now)
    {
        if (now < _nextPing)
        {
            return false;
        }

        _nextPing += interval;
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
