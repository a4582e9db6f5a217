namespace PushNet.Actors.Games;

/// <summary>A whole board at one moment, as it is kept on disk. Holds no games of the demo. Immutable.</summary>
/// <param name="Seq">The number of the last event.</param>
/// <param name="IsFinal">True when the server stopped right after it made this: no event has a later number.</param>
/// <param name="Games">All games with all their outcomes, each with its state.</param>
internal sealed record BoardImage(long Seq, bool IsFinal, IReadOnlyList<GameChange> Games)
{
    /// <summary>A board that never had a game.</summary>
    public static readonly BoardImage Empty = new(0, true, []);
}
