using System.Text;
using PushNet.Actors.Clock;
using PushNet.Actors.Journal;
using PushNet.Actors.Log.Entries;

namespace PushNet.Actors.Log.Replica;

/// <summary>
/// What the log tells besides the board: what time it is, what each sender has sent, and which rules are in force. It decides what each
/// message means for the board. Every server that took the same messages is in the same state. Pure: no clock, no I/O; not thread-safe.
/// </summary>
internal sealed class LogState
{
    /// <summary>Between two evictions, in milliseconds of log time.</summary>
    public const long EvictionInterval = 5000;

    private Sessions _sessions = new();
    private long _evictAt;

    /// <summary>The last message that was taken; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>Log time, epoch milliseconds: the latest at which a message was stored. Never goes back.</summary>
    public long Time { get; private set; }

    /// <summary>The last message that the newest image holds; 0 when no entry told of one.</summary>
    public long Imaged { get; private set; }

    /// <summary>The rules in force; null before the first entry that says so.</summary>
    public LogRules? Rules { get; private set; }

    /// <summary>How often an operator has put the board of one server in the place of what the log had lost.</summary>
    public long Base { get; private set; }

    /// <summary>
    /// What became of everything so far, as a number. Servers that applied the same messages and have different ones differ.
    /// </summary>
    public ulong Digest { get; set; }

    /// <summary>The servers that follow the log.</summary>
    public ServerTable Servers { get; private set; } = new();

    /// <summary>Log time as the board is told it: all its moments are of one clock, in whole milliseconds.</summary>
    public Moment Now =>
        new(TimeSpan.FromTicks(Time * TimeSpan.TicksPerMillisecond), DateTimeOffset.FromUnixTimeMilliseconds(Time));

    /// <summary>The number of the last entry of a session that was applied; 0 when there is none.</summary>
    public long LastOf(ulong session) => _sessions.LastOf(session);

    /// <summary>Takes the next message in.</summary>
    /// <exception cref="InvalidOperationException">It is not the next one.</exception>
    /// <exception cref="LogFormatException">This version can't go on behind the messages before.</exception>
    public LogStep Take(LogMessage message)
    {
        if (message.Sequence != Sequence + 1)
        {
            throw new InvalidOperationException($"message {message.Sequence} of the log does not follow message {Sequence}");
        }

        var entry = LogEntryCodec.Read(message.Payload);
        if (entry is RulesEntry { Rules.Number: var number } && !BoardRules.Knows(number) && entry.Number > LastOf(entry.Session))
        {
            throw new LogFormatException($"it brings rules {number} into force. This version knows {BoardRules.Known}; update it.");
        }

        Sequence++;
        Time = Math.Max(Time, message.StoredAt);
        var evicts = Time >= _evictAt;
        if (evicts)
        {
            _evictAt = ((Time / EvictionInterval) + 1) * EvictionInterval;
            _sessions.Forget(Time);
            Servers.Forget(Time);
        }

        var turn = entry.Number == 0 ? Sessions.Turn.Next : _sessions.Take(entry.Session, entry.Number, Time);
        if (turn is Sessions.Turn.Next)
        {
            Note(entry);
        }

        return new LogStep(entry, turn, evicts);
    }

    /// <summary>The state of a board that takes the place of what the log has lost.</summary>
    /// <param name="sequence">The last message that the log has now.</param>
    /// <param name="heardAt">When something was last accepted for the board, epoch milliseconds: log time is no earlier.</param>
    public LogState Rebase(long sequence, long heardAt)
    {
        var state = Copy();
        (state.Sequence, state.Imaged, state.Base, state.Time) = (sequence, sequence, Base + 1, Math.Max(Time, heardAt));
        return state;
    }

    /// <summary>The same state, to be written while this one goes on.</summary>
    public LogState Copy()
    {
        var bytes = new MemoryStream();
        using (var to = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            Write(to);
        }

        bytes.Position = 0;
        using var from = new FormatReader(bytes, BoardPayload.Format);
        return Read(from);
    }

    /// <summary>Writes all of it.</summary>
    public void Write(BinaryWriter to)
    {
        to.Write(Sequence);
        to.Write(Time);
        to.Write(_evictAt);
        to.Write(Imaged);
        to.Write(Base);
        to.Write(Digest);
        _sessions.Write(to);
        Servers.Write(to);
        if (to.Has(Rules is not null))
        {
            LogEntryCodec.Write(to, Rules!);
        }
    }

    /// <summary>Reads it back.</summary>
    public static LogState Read(FormatReader from) => new()
    {
        Sequence = from.ReadInt64(),
        Time = from.ReadInt64(),
        _evictAt = from.ReadInt64(),
        Imaged = from.ReadInt64(),
        Base = from.ReadInt64(),
        Digest = from.ReadUInt64(),
        _sessions = Sessions.Read(from),
        Servers = ServerTable.Read(from),
        Rules = from.ReadBoolean() ? LogEntryCodec.ReadRules(from) : null,
    };

    private void Note(LogEntry entry)
    {
        switch (entry)
        {
            case ServerEntry server:
                _sessions.Hear(server.Session, Time);
                Servers.Hear(server, Sequence, Time, Rules?.MaxConnections ?? 0);
                break;
            case LeaveEntry leave:
                Servers.Leave(leave);
                break;
            case ImageEntry { Sequence: var sequence }:
                Imaged = Math.Max(Imaged, sequence);
                break;
            case RulesEntry { Rules: var rules }:
                Rules = rules;
                break;
        }
    }
}
