namespace PushNet.Actors.Feed;

/// <summary>One line of NDJSON on its way in, not looked at yet.</summary>
/// <param name="Number">Its number in its source, from 1, so that an error can name it.</param>
/// <param name="Utf8">The line without its end of line. Empty lines are never made.</param>
public readonly record struct FeedLine(long Number, ReadOnlyMemory<byte> Utf8);
