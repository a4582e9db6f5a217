namespace PushNet.Actors.Games;

/// <summary>A whole board at one moment, as it is kept on disk. Holds no games of the demo. Immutable.</summary>
/// <param name="Seq">The number of the last event.</param>
/// <param name="IsFinal">True when the server that made it stopped behind it: no event has a later number.</param>
/// <param name="Games">All games with all their outcomes, each with its state.</param>
internal sealed record BoardImage(long Seq, bool IsFinal, IReadOnlyList<GameChange> Games)
{
    /// <summary>A board without games that never had one.</summary>
    public static readonly BoardImage Empty = new(0, true, []);
}
