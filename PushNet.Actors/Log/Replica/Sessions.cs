using PushNet.Actors.Journal;

namespace PushNet.Actors.Log.Replica;

/// <summary>
/// How far each session is: with it the log may hold an entry twice, late or out of order, and each is applied once and in the order of
/// its sender. Pure; not thread-safe.
/// </summary>
internal sealed class Sessions
{
    /// <summary>A session that is silent for so long is forgotten, in milliseconds of log time.</summary>
    public const long Forgotten = 10 * 60 * 1000;

    private readonly SortedDictionary<ulong, Session> _sessions = [];

    /// <summary>What is to be done with an entry.</summary>
    internal enum Turn
    {
        /// <summary>It is the next one.</summary>
        Next,

        /// <summary>It was applied before.</summary>
        Repeated,

        /// <summary>One before it is missing: its sender sends both again.</summary>
        OutOfOrder,
    }

    /// <summary>The number of the last entry of a session that was applied; 0 when there is none.</summary>
    public long LastOf(ulong session) => _sessions.GetValueOrDefault(session)?.Last ?? 0;

    /// <summary>Takes an entry that has a number.</summary>
    /// <param name="session">Whose it is.</param>
    /// <param name="number">Its number.</param>
    /// <param name="time">Log time, epoch milliseconds.</param>
    public Turn Take(ulong session, long number, long time)
    {
        var last = LastOf(session);
        if (number <= last)
        {
            return Turn.Repeated;
        }

        if (number != last + 1)
        {
            return Turn.OutOfOrder;
        }

        _sessions[session] = new Session(number, time);
        return Turn.Next;
    }

    /// <summary>A session is there, though it sends nothing that has a number.</summary>
    public void Hear(ulong session, long time)
    {
        if (_sessions.TryGetValue(session, out var known))
        {
            _sessions[session] = known with { HeardAt = time };
        }
    }

    /// <summary>Forgets those that are silent for too long.</summary>
    public void Forget(long time)
    {
        foreach (var (session, _) in _sessions.Where(one => time - one.Value.HeardAt >= Forgotten).ToList())
        {
            _sessions.Remove(session);
        }
    }

    /// <summary>Writes all of them.</summary>
    public void Write(BinaryWriter to) => to.WriteAll(_sessions, static (to, one) =>
    {
        to.Write(one.Key);
        to.Write(one.Value.Last);
        to.Write(one.Value.HeardAt);
    });

    /// <summary>Reads them back.</summary>
    public static Sessions Read(FormatReader from)
    {
        var sessions = new Sessions();
        foreach (var (id, session) in from.ReadAll(static from => (from.ReadUInt64(), new Session(from.ReadInt64(), from.ReadInt64()))))
        {
            sessions._sessions.Add(id, session);
        }

        return sessions;
    }

    private sealed record Session(long Last, long HeardAt);
}
