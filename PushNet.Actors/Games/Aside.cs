namespace PushNet.Actors.Games;

/// <summary>
/// What an event tells outside of the numbering, only to clients that asked for it (docs/protocol.md#seq). An aside takes no number: its
/// <c>seq</c> is that of the newest event before it.
/// </summary>
public enum Aside
{
    /// <summary>Nothing: the event has a number of its own, and is for everybody.</summary>
    None,

    /// <summary>The prices of a game that goes live, for those whose snapshots have prices and the live games only.</summary>
    Markets,

    /// <summary>A game left the board, for those who follow all games.</summary>
    Removal,

    /// <summary>Details of a game changed and nothing else, for those who follow details.</summary>
    Details,
}
