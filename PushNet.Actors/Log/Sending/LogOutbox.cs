using PushNet.Actors.Clock;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Actors.Log.Sending;

/// <summary>
/// Brings to the log what this server wants in it, once and in order, and tells whoever waits what became of it. Not thread-safe.
/// </summary>
/// <param name="sending">Sends.</param>
/// <param name="patience">How long others than those that have all the time wait.</param>
/// <param name="time">The clock.</param>
internal sealed class LogOutbox(LogSending sending, TimeSpan patience, TimeProvider time)
{
    private readonly SenderWindow<LogTicket> _window = new(LogSession.New());
    private int _openings = sending.Openings;

    /// <summary>The session of what is sent.</summary>
    public ulong Session => _window.Session;

    /// <summary>True when all that was offered was found in the log.</summary>
    public bool IsEmpty => _window.IsEmpty;

    /// <summary>True when nobody has all the time that it takes any more.</summary>
    public bool IsHurried { get; set; }

    private Moment Now => Moment.Now(time);

    /// <summary>Offers the lines of a group.</summary>
    public void Offer(PendingGroup group)
    {
        foreach (var (ticket, entry) in group.Split())
        {
            _window.Offer(ticket, entry, Now);
        }

        Send();
    }

    /// <summary>Offers an entry.</summary>
    public void Offer(LogTicket ticket, LogEntry entry)
    {
        _window.Offer(ticket, entry, Now);
        Send();
    }

    /// <summary>Sends what is due.</summary>
    public void Send()
    {
        if (sending.Openings != _openings)
        {
            _openings = sending.Openings;
            _window.Hurry(Now);
        }

        foreach (var payload in _window.Due(Now))
        {
            sending.Send(payload);
        }
    }

    /// <summary>The log brought something, whoever sent it.</summary>
    public void Heard() => _window.Heard(Now);

    /// <summary>Who waits for the entry of this server that the log has just brought; null when nobody does.</summary>
    public LogTicket? Found(LogState log) => _window.Applied(log, Now).LastOrDefault();

    /// <summary>
    /// An image holds entries of this server, and does not tell what became of them. Those that have all the time send theirs again.
    /// </summary>
    public void FoundInImage(LogState log)
    {
        var again = new List<PendingGroup>();
        foreach (var ticket in _window.Applied(log, Now))
        {
            if (ticket is LinesTicket { CanWait: true, IsOver: false } lines && !IsHurried)
            {
                again.Add(new PendingGroup(lines.Group.Sender, lines.Group.Lines));
                lines.Group.Leave();
            }
            else
            {
                ticket.Fail("the board was read back meanwhile, so what became of this is not known; send it again");
            }
        }

        again.ForEach(Offer);
    }

    /// <summary>Begins another session when the log has forgotten this one.</summary>
    public void RestartIfForgotten(LogState log)
    {
        if (_window.IsForgotten(log))
        {
            _window.Restart(LogSession.New());
        }
    }

    /// <summary>Gives up those that have waited too long.</summary>
    /// <param name="why">What they are told.</param>
    public void GiveUp(Func<string> why) => GiveUp(why, (ticket, since) => Now - since >= patience && (IsHurried || !ticket.CanWait));

    /// <summary>Gives up all, and sends none of it again.</summary>
    /// <param name="why">What they are told.</param>
    public void GiveUpAll(string why)
    {
        GiveUp(() => why, (_, _) => true);
        _window.Restart(LogSession.New());
    }

    private void GiveUp(Func<string> why, Func<LogTicket, Moment, bool> isTooLong)
    {
        foreach (var ticket in _window.GiveUp((ticket, since) => ticket.IsOver || isTooLong(ticket, since)))
        {
            ticket.Fail(why());
        }
    }
}
