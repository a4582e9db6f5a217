using PushNet.Actors.Games;

namespace PushNet.Actors.Feed;

/// <summary>One line of NDJSON on its way in, not parsed yet.</summary>
/// <param name="Number">Its number in its source, from 1, so that an error can name it.</param>
/// <param name="Utf8">The line without its end of line.</param>
/// <param name="StoredAt">
/// When its carrier stored it, epoch milliseconds: the time of an observation that gives none itself. Null when that is not known.
/// </param>
/// <param name="Rev">The number of an observation that gives none itself.</param>
public readonly record struct FeedLine(long Number, ReadOnlyMemory<byte> Utf8, long? StoredAt = null, Rev Rev = default)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>A line of a file; null when it is blank.</summary>
    /// <param name="number">Its number in the file, from 1.</param>
    /// <param name="utf8">The line without its end of line.</param>
    public static FeedLine? Of(long number, ReadOnlyMemory<byte> utf8)
    {
        var text = WithoutMark(utf8);
        return text.Span.Trim(" \t\r"u8).IsEmpty ? null : new FeedLine(number, text);
    }

    /// <summary>What stands behind a byte order mark, if there is one. It begins a file, so joined files have one in the middle.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
}
