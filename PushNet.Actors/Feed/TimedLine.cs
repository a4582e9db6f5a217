namespace PushNet.Actors.Feed;

/// <summary>A line and when it is due.</summary>
/// <param name="Number">Its number in its source, from 1.</param>
/// <param name="At">When it is due, counted from the start of its source, before any speed is applied.</param>
/// <param name="Utf8">The line without its end of line.</param>
public readonly record struct TimedLine(long Number, TimeSpan At, ReadOnlyMemory<byte> Utf8);
