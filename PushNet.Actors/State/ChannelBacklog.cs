namespace PushNet.Actors.State;

/// <summary>
/// Counts the events of a channel that the board told its publisher and that have not left it yet, including those in its mailbox.
/// The board adds and the publisher takes away, each on a thread of its own.
/// </summary>
/// <param name="onRelieved">Called on the publisher's thread once as few events wait as the board asked for.</param>
public sealed class ChannelBacklog(Action onRelieved)
{
    private const int NotAwaited = -1;

    private int _pending;
    private int _awaited = NotAwaited;
    private volatile bool _isBurst;
    private long _leftUpTo;

    /// <summary>Events that have not left.</summary>
    // A restarted publisher also takes from its mailbox what was told to the one before.
    public int Pending => Math.Max(0, Volatile.Read(ref _pending));

    /// <summary>True from the moment a source had to wait until nothing is pending or the time that it may wait is spent.</summary>
    public bool IsBurst => _isBurst;

    /// <summary>All events up to this number have left.</summary>
    internal long LeftUpTo => Pending == 0 ? long.MaxValue : Volatile.Read(ref _leftUpTo);

    /// <summary>Events were dropped.</summary>
    public void Dropped(int events)
    {
        var pending = Interlocked.Add(ref _pending, -events);
        if (pending <= 0)
        {
            _isBurst = false;
        }

        if (pending <= Volatile.Read(ref _awaited) && Interlocked.Exchange(ref _awaited, NotAwaited) != NotAwaited)
        {
            onRelieved();
        }
    }

    /// <summary>Events were sent, or nobody wanted them.</summary>
    /// <param name="events">How many.</param>
    /// <param name="upToSeq">The number of the last.</param>
    public void Left(int events, long upToSeq)
    {
        Volatile.Write(ref _leftUpTo, upToSeq);
        Dropped(events);
    }

    internal void Told(int events) => Interlocked.Add(ref _pending, events);

    /// <summary>No source waits any more, although events are pending.</summary>
    internal void EndBurst() => _isBurst = false;

    /// <summary>Asks to be told once when no more than so many events wait.</summary>
    /// <returns>False when that is already the case.</returns>
    internal bool Await(int pending)
    {
        _isBurst = true;
        Interlocked.Exchange(ref _awaited, pending);
        return Pending > pending;
    }
}
