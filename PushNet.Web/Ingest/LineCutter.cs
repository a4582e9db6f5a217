using System.Buffers;
using PushNet.Actors.Feed;

namespace PushNet.Web.Ingest;

/// <summary>Cuts bytes that arrive in pieces into numbered lines. Empty lines are counted and left out. Pure.</summary>
internal sealed class LineCutter
{
    // One byte more than the parser takes, so that it says the line is too long; the rest is not kept.
    private const int BytesKept = FeedParser.MaxLineBytes + 1;

    private readonly ArrayBufferWriter<byte> _line = new();
    private long _number = 1;

    /// <summary>The lines that are complete with these bytes.</summary>
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

    /// <summary>What came after the last end of line: a line too when the bytes ended well.</summary>
    public List<FeedLine> Last()
    {
        var lines = new List<FeedLine>(1);
        EndLine(lines);
        return lines;
    }

    private void Keep(ReadOnlySpan<byte> bytes) => _line.Write(bytes[..Math.Min(bytes.Length, BytesKept - _line.WrittenCount)]);

    private void EndLine(List<FeedLine> lines)
    {
        if (FeedLine.Of(_number, _line.WrittenSpan.ToArray()) is { } line)
        {
            lines.Add(line);
        }

        _line.ResetWrittenCount();
        _number++;
    }
}
