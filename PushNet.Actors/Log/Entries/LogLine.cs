using PushNet.Actors.Feed;
using PushNet.Actors.Games;

namespace PushNet.Actors.Log.Entries;

/// <summary>A line of an entry. Its sender has parsed it: it is an observation.</summary>
/// <param name="Utf8">The line as UTF-8, without its end.</param>
/// <param name="StoredAt">See <see cref="FeedLine.StoredAt"/>: every server must give the observation the same time.</param>
/// <param name="Rev">See <see cref="FeedLine.Rev"/>.</param>
internal readonly record struct LogLine(ReadOnlyMemory<byte> Utf8, long? StoredAt = null, Rev Rev = default);
