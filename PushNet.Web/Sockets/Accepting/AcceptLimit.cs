using System.Net.Sockets;

namespace PushNet.Web.Sockets.Accepting;

/// <summary>
/// Bounds the connections that are accepted, whatever they are for, because each is an open file. When all places are taken, a
/// newcomer gets the place of a connection without a request: that of the oldest that never sent one, otherwise that of the one that
/// has been idle longest since its last. When all have requests, it waits until one ends. Thread-safe.
/// </summary>
internal sealed partial class AcceptLimit(TimeProvider time, ILogger<AcceptLimit> log)
{
    /// <summary>How long a connection has for its first request before its place may be given away.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    // At most 200 connections a second are closed for others, so that a flood costs little CPU.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Closing = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LogPause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _places = new(0);
    private readonly Lock _gate = new();
    private readonly LinkedList<AcceptedConnection> _silent = [];
    private readonly LinkedList<AcceptedConnection> _resting = [];
    private long _evicted;
    private long _failures;
    private long? _reachedTold;
    private long? _failureTold;

    /// <summary>Connections at once; 0 until <see cref="Open"/>.</summary>
    public int Limit { get; private set; }

    /// <summary>Connections that are open.</summary>
    public int Count => Limit - _places.CurrentCount;

    /// <summary>Connections that were closed for others since the start.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>How often the system could not accept a connection.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Says how many connections there may be, once. Nobody is let in before.</summary>
    /// <param name="limit">Connections at once; at least 1.</param>
    public void Open(int limit)
    {
        Limit = limit;
        _places.Release(limit);
    }

    /// <summary>Takes a place for a newcomer; waits when there is none.</summary>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public async ValueTask EnterAsync(CancellationToken cancellation)
    {
        if (_places.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            return;
        }

        if (IsDue(ref _reachedTold))
        {
            LogReached(log, Limit, Evicted);
        }

        await Task.Delay(Pace, time, cancellation);
        while (!await _places.WaitAsync(Evict() ? Closing : Retry, cancellation))
        {
        }
    }

    /// <summary>A newcomer that has a place has arrived.</summary>
    public void Add(AcceptedConnection connection) => Rest(connection, _silent);

    /// <summary>A request begins on a connection: its place is not given away.</summary>
    public void Begin(AcceptedConnection connection)
    {
        lock (_gate)
        {
            connection.Requests++;
            Forget(connection);
        }
    }

    /// <summary>A request has ended.</summary>
    public void End(AcceptedConnection connection)
    {
        lock (_gate)
        {
            if (--connection.Requests == 0)
            {
                Rest(connection, _resting);
            }
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Remove(AcceptedConnection connection)
    {
        lock (_gate)
        {
            // Counts as one whose request never ends, so that it does not come back to those without.
            connection.Requests++;
            Forget(connection);
        }

        _places.Release();
    }

    /// <summary>An accept failed for lack of files or memory. Lets go of a connection, and waits before the next try.</summary>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public Task FailedAsync(SocketException failure, CancellationToken cancellation)
    {
        var pause = Task.Delay(Retry, time, cancellation);
        Interlocked.Increment(ref _failures);
        if (IsDue(ref _failureTold))
        {
            LogFailed(log, failure.Message, Count, Failures);
        }

        Evict();
        return pause;
    }

    private bool Evict()
    {
        AcceptedConnection? chosen;
        lock (_gate)
        {
            chosen = _silent.First?.Value is not { } silent ? _resting.First?.Value
                : time.GetElapsedTime(silent.Since) >= Grace ? silent
                : null;
            if (chosen is null)
            {
                return false;
            }

            // It goes behind all others, so its turn comes again only if it does not close.
            var among = chosen.Node!.List!;
            Forget(chosen);
            Rest(chosen, among);
        }

        if (chosen.Evict())
        {
            Interlocked.Increment(ref _evicted);
        }

        return true;
    }

    private void Rest(AcceptedConnection connection, LinkedList<AcceptedConnection> among)
    {
        lock (_gate)
        {
            connection.Since = time.GetTimestamp();
            connection.Node = among.AddLast(connection);
        }
    }

    private static void Forget(AcceptedConnection connection)
    {
        connection.Node?.List?.Remove(connection.Node);
        connection.Node = null;
    }

    private bool IsDue(ref long? told)
    {
        lock (_gate)
        {
            if (told is { } last && time.GetElapsedTime(last) < LogPause)
            {
                return false;
            }

            told = time.GetTimestamp();
            return true;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "All {Limit} connections that the open-file limit leaves are taken: connections without a request "
        + "are closed for others ({Evicted} so far), and newcomers wait. Raise LimitNOFILE (ulimit -n), or see who holds them: ss -tn")]
    private static partial void LogReached(ILogger log, int limit, long evicted);

    [LoggerMessage(2, LogLevel.Error, "No connection can be accepted: {Reason} ({Connections} are open, {Failures} failures so far)")]
    private static partial void LogFailed(ILogger log, string reason, int connections, long failures);
}
