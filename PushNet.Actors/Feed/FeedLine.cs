namespace PushNet.Actors.Feed;

/// <summary>One line of NDJSON on its way in, not looked at yet.</summary>
/// <param name="Number">Its number in its source, from 1, so that an error can name it.</param>
/// <param name="Utf8">The line without its end of line.</param>
/// <param name="StoredAt">When what brings it stored it, epoch milliseconds: the time of an observation that gives none itself. Null when nobody knows.</param>
public readonly record struct FeedLine(long Number, ReadOnlyMemory<byte> Utf8, long? StoredAt = null);
