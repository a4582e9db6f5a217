using System.Buffers;
using System.IO.Pipelines;

namespace PushNet.Actors.Feed;

/// <summary>
/// Cuts bytes that arrive in pieces into numbered lines, which end in LF or CRLF. Blank lines are counted and left out. Pure.
/// </summary>
public sealed class LineCutter
{
    // One byte more than the parser takes, so that it says the line is too long, and one for the end of line. The rest is not kept.
    private const int BytesKept = FeedParser.MaxLineBytes + 2;

    private readonly ArrayBufferWriter<byte> _line = new();
    private long _number = 1;

    /// <summary>The lines that are complete with what was read, and the last line when nothing more comes.</summary>
    /// <param name="read">Everything that was read.</param>
    public List<FeedLine> Cut(ReadResult read)
    {
        var lines = Cut(read.Buffer);
        if (read.IsCompleted)
        {
            EndLine(lines);
        }

        return lines;
    }

    /// <summary>The lines that are complete with these bytes.</summary>
    /// <param name="bytes">The bytes that follow those of the call before.</param>
    public List<FeedLine> Cut(ReadOnlySequence<byte> bytes)
    {
        var lines = new List<FeedLine>();
        foreach (var piece in bytes)
        {
            var rest = piece.Span;
            while (rest.IndexOf((byte)'\n') is var end and >= 0)
            {
                Keep(rest[..end]);
                EndLine(lines);
                rest = rest[(end + 1)..];
            }

            Keep(rest);
        }

        return lines;
    }

    private void Keep(ReadOnlySpan<byte> bytes) => _line.Write(bytes[..Math.Min(bytes.Length, BytesKept - _line.WrittenCount)]);

    private void EndLine(List<FeedLine> lines)
    {
        var kept = _line.WrittenSpan;
        if (FeedLine.Of(_number, (kept.EndsWith("\r"u8) ? kept[..^1] : kept).ToArray()) is { } line)
        {
            lines.Add(line);
        }

        _line.ResetWrittenCount();
        _number++;
    }
}
