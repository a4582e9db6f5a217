namespace PushNet.Actors.Subscribers;

/// <summary>
/// The writes of one thread that go to the kernel together. The fan-out begins a round, tells its subscribers, and sends the
/// round. Subscribers run on the thread that tells them (<see cref="CallerDispatcher"/>), so each finds the round as
/// <see cref="Current"/> and puts its batch into it.
/// </summary>
public abstract class WriteRound
{
    [ThreadStatic]
    private static WriteRound? _current;

    /// <summary>Begins a round on this thread.</summary>
    /// <exception cref="InvalidOperationException">The thread is in another round.</exception>
    protected WriteRound() =>
        _current = _current is null
            ? this : throw new InvalidOperationException("this thread has begun a round already and must send it first");

    /// <summary>The round that this thread has begun and not sent yet; null when there is none.</summary>
    public static WriteRound? Current => _current;

    /// <summary>Hands everything that was put to the kernel. Call it once, on the thread that began the round.</summary>
    public void Send()
    {
        SendAll();
        _current = null;
        Sent();
    }

    /// <summary>Does something after the round that can't be done within it.</summary>
    public abstract void Afterwards(Action action);

    /// <summary>Sends what was put. When this returns, every socket has taken what it could.</summary>
    protected abstract void SendAll();

    /// <summary>The round is over, and this thread may begin another.</summary>
    protected abstract void Sent();
}
