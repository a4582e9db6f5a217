namespace PushNet.Actors.Games;

/// <summary>
/// What an event tells outside the numbering, only to clients that asked for it (docs/protocol.md#seq). An aside takes no number: its
/// <c>seq</c> is that of the newest event before it.
/// </summary>
public enum Aside
{
    /// <summary>Nothing: the event has a number of its own, and is for everybody.</summary>
    None,

    /// <summary>The prices of a game that goes live, for clients whose snapshots have prices and only the live games.</summary>
    Markets,

    /// <summary>A game left the board, for clients that follow all games.</summary>
    Removal,

    /// <summary>Only details of a game changed, for clients that follow details.</summary>
    Details,
}
