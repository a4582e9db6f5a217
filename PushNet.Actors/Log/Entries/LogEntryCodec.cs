using System.Buffers.Binary;
using System.Text;
using PushNet.Actors.Journal;
using PushNet.Actors.State;

namespace PushNet.Actors.Log.Entries;

/// <summary>
/// The bytes of entries, made of <see cref="BinaryFields"/>, little-endian: format (1 byte), kind (1 byte), session (8), number (8), body.
/// </summary>
internal static class LogEntryCodec
{
    /// <summary>The format that this version writes, and the only one so far.</summary>
    public const byte Format = 1;

    /// <summary>The bytes of an entry but for its body.</summary>
    public const int HeaderLength = 18;

    private const byte Lines = 1;
    private const byte Remove = 2;
    private const byte Tick = 3;
    private const byte Server = 4;
    private const byte Leave = 5;
    private const byte Image = 6;
    private const byte Rules = 7;
    private const byte Base = 8;

    public static byte[] Write(LogEntry entry)
    {
        var stream = new MemoryStream();
        using var to = new BinaryWriter(stream, Encoding.UTF8);
        to.Write(Format);
        to.Write(KindOf(entry));
        to.Write(entry.Session);
        to.Write(entry.Number);
        switch (entry)
        {
            case LinesEntry lines:
                to.Write(lines.Source);
                to.WriteAll(lines.Lines, LogLineCodec.Write);
                break;
            case RemoveEntry remove:
                to.Write(remove.GameId);
                break;
            case ServerEntry server:
                Write(to, server.Server);
                break;
            case LeaveEntry leave:
                to.Write(leave.Name);
                break;
            case ImageEntry image:
                to.Write(image.Sequence);
                break;
            case RulesEntry rules:
                Write(to, rules.Rules);
                break;
            case BaseEntry entryOfBase:
                to.Write(entryOfBase.Base);
                break;
        }

        return stream.ToArray();
    }

    /// <summary>Reads an entry.</summary>
    /// <exception cref="LogFormatException">It is not one that this version knows.</exception>
    public static LogEntry Read(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length < HeaderLength)
        {
            throw new LogFormatException("it is too short for an entry of PushNet. Only PushNet may write to the log.");
        }

        var (format, kind) = (payload.Span[0], payload.Span[1]);
        if (format != Format || kind is < Lines or > Base)
        {
            throw new LogFormatException(
                $"its format {format}, kind {kind} is of a later version of PushNet, or not of PushNet. Update this server.");
        }

        var session = BinaryPrimitives.ReadUInt64LittleEndian(payload.Span[2..]);
        var number = BinaryPrimitives.ReadInt64LittleEndian(payload.Span[10..]);
        try
        {
            return ReadBody(kind, session, number, payload[HeaderLength..]);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw new LogFormatException("it is damaged. Only PushNet may write to the log.");
        }
    }

    public static void Write(BinaryWriter to, LogServer server)
    {
        to.Write(server.Name);
        to.Write(server.Version);
        to.Write(server.LowestRules);
        to.Write(server.HighestRules);
        to.Write(server.Address);
        to.Write(server.Connections);
        to.Write(server.Report);
        to.Write(server.SlotsWanted);
        to.Write((byte)server.Standing);
        to.Write(server.Seq);
        to.Write(server.Log);
        to.Write(server.Base);
        to.Write(server.Sequence);
        to.Write(server.Digest);
        to.Write(server.BehindMs);
    }

    public static LogServer ReadServer(BinaryReader from) =>
        new(from.ReadString(), from.ReadString(), from.ReadInt32(), from.ReadInt32(), from.ReadString(), from.ReadInt32())
        {
            Report = from.ReadInt64(),
            SlotsWanted = from.ReadInt32(),
            Standing = (LogStanding)from.ReadByte(),
            Seq = from.ReadInt64(),
            Log = from.ReadString(),
            Base = from.ReadInt64(),
            Sequence = from.ReadInt64(),
            Digest = from.ReadUInt64(),
            BehindMs = from.ReadInt32(),
        };

    public static void Write(BinaryWriter to, LogRules rules)
    {
        to.Write(rules.Number);
        to.Write(rules.MaxGames);
        to.Write(rules.MaxOutcomes);
        to.Write((long)rules.GameRetention.TotalMilliseconds);
        to.Write(rules.MaxConnections);
    }

    public static LogRules ReadRules(BinaryReader from) =>
        new(from.ReadInt32(), from.ReadInt32(), from.ReadInt32(), TimeSpan.FromMilliseconds(from.ReadInt64()), from.ReadInt32());

    private static byte KindOf(LogEntry entry) => entry switch
    {
        LinesEntry => Lines,
        RemoveEntry => Remove,
        TickEntry => Tick,
        ServerEntry => Server,
        LeaveEntry => Leave,
        ImageEntry => Image,
        RulesEntry => Rules,
        BaseEntry => Base,
        _ => throw new ArgumentException($"{entry.GetType().Name} has no kind", nameof(entry)),
    };

    private static LogEntry ReadBody(byte kind, ulong session, long number, ReadOnlyMemory<byte> body)
    {
        if (kind == Lines)
        {
            return ReadLines(session, number, new PayloadReader(body));
        }

        using var from = new BinaryReader(new MemoryStream(body.ToArray()), Encoding.UTF8);
        return kind switch
        {
            Remove => new RemoveEntry(session, number, from.ReadString()),
            Tick => new TickEntry(session),
            Server => new ServerEntry(session, ReadServer(from)),
            Leave => new LeaveEntry(session, from.ReadString()),
            Image => new ImageEntry(session, from.ReadInt64()),
            Rules => new RulesEntry(session, number, ReadRules(from)),
            _ => new BaseEntry(session, from.ReadInt64()),
        };
    }

    private static LinesEntry ReadLines(ulong session, long number, PayloadReader from)
    {
        var source = Encoding.UTF8.GetString(from.ReadBytes().Span);
        var count = from.ReadLength();
        var lines = new LogLine[count <= from.Left ? count : throw new EndOfStreamException()];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = LogLineCodec.Read(from);
        }

        return new LinesEntry(session, number, source, lines);
    }
}
