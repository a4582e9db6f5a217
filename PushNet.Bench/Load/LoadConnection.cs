using PushNet.Actors.Wire;

namespace PushNet.Bench.Load;

/// <summary>One connection of the load client: cuts what is received into messages and counts.</summary>
internal sealed class LoadConnection(int socket, Protocol protocol, LoadStats stats, Schedule schedule, bool isSampled, SeqOrder order)
{
    private const byte CompressedBit = 0x40;
    private const byte CompressedText = 0xC1;
    private const byte PlainText = 0x81;

    private byte[] _carry = [];
    private int _carried;
    private bool _upgraded;
    private bool _joined;
    private int _messages;
    private long _lastSeq;

    public int Socket => socket;

    /// <summary>Inflates what comes compressed; null where that is only counted.</summary>
    public MessageInflater? Inflater { get; init; }

    /// <summary>True for an event stream, false for a WebSocket.</summary>
    public bool IsEventStream { get; init; }

    /// <summary>Puts the rest of the last reading at the beginning of the buffer, so that the next reading follows it.</summary>
    /// <returns>How many bytes the rest has.</returns>
    public int Unload(Span<byte> buffer)
    {
        _carry.AsSpan(0, _carried).CopyTo(buffer);
        return _carried;
    }

    /// <summary>Takes what was left and what was read.</summary>
    /// <returns>False when the server did not upgrade or closed.</returns>
    public bool Read(Span<byte> bytes)
    {
        stats.Bytes += bytes.Length - _carried;
        _carried = 0;
        return Cut(bytes);
    }

    private bool Cut(Span<byte> bytes)
    {
        if (!_upgraded)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                Carry(bytes);
                return true;
            }

            if (!bytes.StartsWith(IsEventStream ? "HTTP/1.1 200"u8 : "HTTP/1.1 101"u8))
            {
                return false;
            }

            _upgraded = true;
            bytes = bytes[(end + 4)..];
        }

        return IsEventStream ? CutEvents(bytes) : CutFrames(bytes);
    }

    private bool CutEvents(ReadOnlySpan<byte> bytes)
    {
        while (EventCutter.TryCut(bytes, out var json, out var length))
        {
            if (!json.IsEmpty)
            {
                Message(json, isCompressed: false);
            }

            bytes = bytes[length..];
        }

        Carry(bytes);
        return true;
    }

    private bool CutFrames(Span<byte> bytes)
    {
        // An inflater must read every compressed frame.
        if (_joined && !isSampled && Inflater is null && protocol.EventsAreFrames)
        {
            bytes = bytes[CountFrames(bytes)..];
        }

        while (FrameCutter.TryCut(bytes, out var opcode, out var payload, out var length))
        {
            if (opcode == 8)
            {
                return false;
            }

            if (opcode == 1)
            {
                Message(payload, isCompressed: (bytes[0] & CompressedBit) != 0);
            }

            bytes = bytes[length..];
        }

        Carry(bytes);
        return true;
    }

    // Nine million frames a second leave no time for more than one hop per frame and one look at its type. A compressed frame behind the
    // snapshot is an event.
    private int CountFrames(ReadOnlySpan<byte> bytes)
    {
        const int header = 4;
        const int type = header + 9;
        var (at, events, compressed) = (0, 0, 0);
        while (bytes.Length - at > 1)
        {
            int next;
            if (bytes[at] == CompressedText && bytes[at + 1] < 126)
            {
                next = at + 2 + bytes[at + 1];
            }
            else if (bytes.Length - at > type + 1 && bytes[at + 1] == 126
                && (bytes[at] == CompressedText || (bytes[at] == PlainText
                    && (bytes[at + type] == 'p' || (bytes[at + type] == 's' && bytes[at + type + 1] == 'c')))))
            {
                next = at + header + ((bytes[at + 2] << 8) | bytes[at + 3]);
            }
            else
            {
                break;
            }

            if (next > bytes.Length)
            {
                break;
            }

            compressed += bytes[at] == CompressedText ? 1 : 0;
            (at, events) = (next, events + 1);
        }

        stats.Delivered += events;
        stats.Compressed += compressed;
        return at;
    }

    private void Message(ReadOnlySpan<byte> message, bool isCompressed)
    {
        _messages++;
        if (isCompressed && Inflater is null)
        {
            Joined(_messages == protocol.MessagesToJoin);
            var isEvent = _messages > protocol.MessagesToJoin;
            (stats.Delivered, stats.Compressed) = (stats.Delivered + (isEvent ? 1 : 0), stats.Compressed + (isEvent ? 1 : 0));
            return;
        }

        message = isCompressed ? Inflater!.Inflate(message) : message;
        Joined(protocol.IsJoined(message));
        var before = stats.Dropped;
        var events = protocol.EventsIn(message, stats);
        stats.ToldOnSampled += isSampled ? stats.Dropped - before : 0;
        stats.Delivered += events;
        stats.Compressed += isCompressed ? events : 0;
        if (events > 0 && isSampled)
        {
            var seq = Json.NumberAfterLast(message, "\"seq\":"u8);
            stats.Wrong += protocol.EventsAreFrames && order is not SeqOrder.PerOutcome && !stats.Texts.IsSame(seq, message) ? 1 : 0;
            Sample(seq, events, protocol.IsState(message));
        }
    }

    private void Joined(bool isSo)
    {
        if (isSo && !_joined)
        {
            _joined = true;
            stats.Joined++;
        }
    }

    // A SignalR message may hold several events. Only the last is looked at.
    private void Sample(long seq, int events, bool isState)
    {
        if (_lastSeq > 0 && seq <= _lastSeq && order is not SeqOrder.PerOutcome)
        {
            stats.Repeats++;
        }
        else if (_lastSeq > 0 && order is SeqOrder.Gapless)
        {
            stats.Skipped += Math.Max(0, seq - _lastSeq - events);
        }

        _lastSeq = seq;
        if (schedule.Since(seq) is { } latency)
        {
            stats.RecordLatency(latency, isState);
        }
    }

    private void Carry(ReadOnlySpan<byte> rest)
    {
        if (_carry.Length < rest.Length)
        {
            _carry = new byte[rest.Length];
        }

        rest.CopyTo(_carry);
        _carried = rest.Length;
    }
}

/// <summary>What the seq of a connection promises.</summary>
internal enum SeqOrder
{
    /// <summary>Each is the one before plus 1.</summary>
    Gapless,

    /// <summary>It grows, with gaps.</summary>
    Growing,

    /// <summary>It grows over the prices of one outcome, and over the state events.</summary>
    PerOutcome,
}
