namespace PushNet.Actors.Games;

/// <summary>A line after the parser: an observation, or the reason why it isn't one.</summary>
/// <param name="Number">The line's number in its source.</param>
/// <param name="Observation">What the source saw; null when the line is broken.</param>
/// <param name="Error">What is wrong with the line, as a sentence; null when nothing is.</param>
public readonly record struct ParsedLine(long Number, Observation? Observation, string? Error);
