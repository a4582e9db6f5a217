using PushNet.Actors.Clock;

namespace PushNet.Actors.Log;

/// <summary>
/// What this server sends to the log and has not found in it yet. Entries are sent as they come, without waiting; when the oldest is not
/// found in time, all from it on are sent again, in order. Pure; not thread-safe.
/// </summary>
/// <typeparam name="T">Whom to tell.</typeparam>
/// <param name="session">The session of this process; never 0.</param>
internal sealed class SenderWindow<T>(ulong session)
    where T : class
{
    /// <summary>Entries on their way at once.</summary>
    public const int MaxEntries = 64;

    /// <summary>Bytes on their way at once.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>How long the oldest may take until all are sent again.</summary>
    public static readonly TimeSpan ResendAfter = TimeSpan.FromMilliseconds(700);

    private readonly Queue<Slot> _waiting = new();
    private readonly Queue<Slot> _sent = new();
    private long _number;
    private long _bytes;
    private Moment _resendAt;

    /// <summary>The session of this process.</summary>
    public ulong Session => session;

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
            _resendAt = now + ResendAfter;
        }

        while (_sent.Count < MaxEntries && _bytes < MaxBytes && _waiting.TryDequeue(out var slot))
        {
            slot.Number(session, ++_number);
            if (_sent.Count == 0)
            {
                _resendAt = now + ResendAfter;
            }

            _sent.Enqueue(slot);
            _bytes += slot.Payload!.Length;
            due.Add(slot.Payload);
        }

        return due;
    }

    /// <summary>An entry of this session was applied here.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="now">The moment it is.</param>
    /// <returns>Whom to tell; null when nobody waits for it any more.</returns>
    public T? Applied(long number, Moment now)
    {
        T? ticket = null;
        while (_sent.TryPeek(out var slot) && slot.Entry.Number <= number)
        {
            _sent.Dequeue();
            _bytes -= slot.Payload!.Length;
            _resendAt = now + ResendAfter;
            ticket = slot.Entry.Number == number ? slot.Ticket : ticket;
        }

        return ticket;
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
