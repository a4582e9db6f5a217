using PushNet.Actors.Games;
using PushNet.Actors.Journal;

namespace PushNet.Actors.Log.Entries;

/// <summary>The bytes of a line: its length (7 bits per byte), the line, and optional fields (<see cref="BinaryFields"/>).</summary>
internal static class LogLineCodec
{
    private const byte StoredAt = 1;
    private const byte Number = 2;

    public static void Write(BinaryWriter to, LogLine line)
    {
        to.Write7BitEncodedInt(line.Utf8.Length);
        to.Write(line.Utf8.Span);
        if (line.StoredAt is { } storedAt)
        {
            to.BeginField(StoredAt);
            to.Write(storedAt);
        }

        if (line.Rev.IsThere)
        {
            to.BeginField(Number);
            to.Write(line.Rev.Number);
            to.Write(line.Rev.Numbering);
        }

        to.EndFields();
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="LogFormatException">It has a field that this version does not know.</exception>
    public static LogLine Read(PayloadReader from)
    {
        var line = new LogLine(from.ReadBytes());
        while (from.ReadByte() is not BinaryFields.End and var field)
        {
            line = field switch
            {
                StoredAt => line with { StoredAt = from.ReadInt64() },
                Number => line with { Rev = new Rev(from.ReadInt64(), from.ReadInt64()) },
                _ => throw new LogFormatException($"a line has field {field}, which is of a later version of PushNet. Update this server."),
            };
        }

        return line;
    }
}
