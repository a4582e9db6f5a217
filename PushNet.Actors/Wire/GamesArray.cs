namespace PushNet.Actors.Wire;

/// <summary>Games as an encoded JSON array. Immutable and shared.</summary>
/// <param name="Json">The array, brackets included.</param>
/// <param name="Count">How many games it holds.</param>
public sealed record GamesArray(ReadOnlyMemory<byte> Json, int Count);
