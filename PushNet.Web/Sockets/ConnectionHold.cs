namespace PushNet.Web.Sockets;

/// <summary>
/// Holds a socket's connection until it ends, and knows why it ended. It is a struct, locked by an object that is there anyway, because
/// there are many thousands of them. Thread-safe.
/// </summary>
/// <param name="connection">Ends the connection.</param>
/// <param name="gate">What is locked while it is ended.</param>
internal struct ConnectionHold(IConnectionEnd connection, object gate)
{
    private volatile IConnectionEnd? _connection = connection;
    private string? _cause;

    public readonly bool HasEnded => _connection is null;

    /// <summary>What ended it first; null while nothing has.</summary>
    public string? Cause => Volatile.Read(ref _cause);

    /// <summary>Notes why it ends. Only the first cause counts.</summary>
    public void Because(string cause) => Interlocked.CompareExchange(ref _cause, cause, null);

    public readonly void Abort()
    {
        lock (gate)
        {
            _connection?.Abort();
        }
    }

    public readonly void StopReading()
    {
        lock (gate)
        {
            _connection?.StopReading();
        }
    }

    /// <summary>The connection is over: what ends it may belong to somebody else from now on.</summary>
    public void End()
    {
        lock (gate)
        {
            _connection = null;
        }
    }
}
