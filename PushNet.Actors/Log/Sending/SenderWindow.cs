using PushNet.Actors.Clock;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Actors.Log.Sending;

/// <summary>
/// What this server sends to the log and has not found in it yet. Entries are sent as they come, without waiting; when the oldest is not
/// found in time, all from it on are sent again, in order. Pure; not thread-safe.
/// </summary>
/// <typeparam name="T">Whom to tell.</typeparam>
/// <param name="session">A session that the log does not know; never 0.</param>
internal sealed class SenderWindow<T>(ulong session)
    where T : class
{
    /// <summary>Entries on their way at once.</summary>
    public const int MaxEntries = 64;

    /// <summary>Bytes on their way at once.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>How long the oldest may take until all are sent again. The wait doubles with each time that is in vain.</summary>
    public static readonly TimeSpan ResendAfter = TimeSpan.FromMilliseconds(700);

    /// <summary>
    /// The longest wait: what is sent again must not hold up a log that is slow, and a log that is back must not wait for long.
    /// </summary>
    public static readonly TimeSpan MaxResendAfter = 8 * ResendAfter;

    private readonly Queue<Slot> _waiting = new();
    private readonly Queue<Slot> _sent = new();
    private long _number;
    private long _bytes;
    private long _applied;
    private long _appliedAt;
    private TimeSpan _resendAfter;
    private Moment _resendAt;
    private Moment _heardAt = Moment.LongAgo;

    /// <summary>The session of what is sent.</summary>
    public ulong Session { get; private set; } = session;

    /// <summary>True when nothing waits and nothing is on its way.</summary>
    public bool IsEmpty => _waiting.Count == 0 && _sent.Count == 0;

    /// <summary>Takes an entry, to be numbered and sent when there is room.</summary>
    /// <param name="ticket">Whom to tell.</param>
    /// <param name="entry">The entry; its number does not count.</param>
    /// <param name="now">The moment it is.</param>
    public void Offer(T ticket, LogEntry entry, Moment now) => _waiting.Enqueue(new Slot(ticket, entry, now));

    /// <summary>What to send now, in order.</summary>
    public IReadOnlyList<byte[]> Due(Moment now)
    {
        var due = new List<byte[]>();
        if (_sent.Count > 0 && now >= _resendAt)
        {
            due.AddRange(_sent.Select(slot => slot.Payload!));
            Wait(now, _resendAfter < MaxResendAfter ? 2 * _resendAfter : MaxResendAfter);
        }

        while (_sent.Count < MaxEntries && _bytes < MaxBytes && _waiting.TryDequeue(out var slot))
        {
            slot.Number(Session, ++_number);
            if (_sent.Count == 0)
            {
                Wait(now, ResendAfter);
            }

            _sent.Enqueue(slot);
            _bytes += slot.Payload!.Length;
            due.Add(slot.Payload);
        }

        return due;
    }

    /// <summary>The log brought something, whoever sent it. After a silence it is back.</summary>
    public void Heard(Moment now)
    {
        if (now - _heardAt >= ResendAfter)
        {
            Hurry(now);
        }

        _heardAt = now;
    }

    /// <summary>What is on its way may never arrive, so it is sent again without the long wait.</summary>
    public void Hurry(Moment now) => (_resendAfter, _resendAt) = (ResendAfter, now);

    /// <summary>Finds what was applied. To be called after each entry of this session, and after an image.</summary>
    /// <param name="log">The log as far as it was read.</param>
    /// <param name="now">The moment it is.</param>
    /// <returns>Whom to tell, in order, without those that were given up. After an image there may be many.</returns>
    public IReadOnlyList<T> Applied(LogState log, Moment now)
    {
        var last = log.LastOf(Session);
        if (last <= _applied)
        {
            return [];
        }

        (_applied, _appliedAt) = (last, log.Sequence);
        Wait(now, ResendAfter);
        var found = new List<T>();
        while (_sent.TryPeek(out var slot) && slot.Entry.Number <= last)
        {
            _sent.Dequeue();
            _bytes -= slot.Payload!.Length;
            if (slot.Ticket is { } ticket)
            {
                found.Add(ticket);
            }
        }

        return found;
    }

    /// <summary>
    /// True when the log has forgotten the session, because this server was cut off for too long. It takes nothing more of it, so another
    /// must begin. False while a log is read that was read further before.
    /// </summary>
    /// <param name="log">The log as far as it was read.</param>
    public bool IsForgotten(LogState log) => _applied > 0 && log.Sequence >= _appliedAt && log.LastOf(Session) == 0;

    /// <summary>
    /// Begins another session after the log has forgotten the one before. What is on its way is sent again in it, unless it was given up.
    /// </summary>
    /// <param name="session">A session that the log does not know; never 0.</param>
    public void Restart(ulong session)
    {
        (Session, _number, _applied, _bytes) = (session, 0, 0, 0);
        var slots = _sent.Where(slot => slot.Ticket is not null).Concat(_waiting).ToList();
        _sent.Clear();
        _waiting.Clear();
        slots.ForEach(_waiting.Enqueue);
    }

    /// <summary>Gives up those that have waited too long. What was sent may still come to the log, so it is sent until it does.</summary>
    /// <param name="isTooLong">Tells from whom to tell, and when the entry was offered, whether that is too long ago.</param>
    /// <returns>Whom to tell, in order.</returns>
    public IReadOnlyList<T> GiveUp(Func<T, Moment, bool> isTooLong)
    {
        var given = new List<T>();
        foreach (var slot in _sent.Where(slot => slot.Ticket is { } ticket && isTooLong(ticket, slot.Since)))
        {
            given.Add(slot.Ticket!);
            slot.Ticket = null;
        }

        for (var count = _waiting.Count; count > 0; count--)
        {
            var slot = _waiting.Dequeue();
            if (isTooLong(slot.Ticket!, slot.Since))
            {
                given.Add(slot.Ticket!);
            }
            else
            {
                _waiting.Enqueue(slot);
            }
        }

        return given;
    }

    private void Wait(Moment now, TimeSpan wait) => (_resendAfter, _resendAt) = (wait, now + wait);

    private sealed class Slot(T ticket, LogEntry entry, Moment since)
    {
        public T? Ticket { get; set; } = ticket;

        public LogEntry Entry { get; private set; } = entry;

        public Moment Since { get; } = since;

        public byte[]? Payload { get; private set; }

        public void Number(ulong session, long number)
        {
            Entry = Entry with { Session = session, Number = number };
            Payload = LogEntryCodec.Write(Entry);
        }
    }
}
