namespace PushNet.Actors.Games;

/// <summary>
/// What has become of a game that does not go as planned (docs/feeding.md#a-game). Written in lower case on the wire, and kept on disk
/// by number: new ones come last.
/// </summary>
public enum StatusDetail
{
    /// <summary>It is played on another day. The game is <see cref="GameStatus.Unplayed"/> until then.</summary>
    Postponed,

    /// <summary>It begins or resumes later.</summary>
    Delayed,

    /// <summary>It was interrupted and is to resume.</summary>
    Suspended,

    /// <summary>It was broken off and will not resume. The game is <see cref="GameStatus.Final"/>.</summary>
    Abandoned,

    /// <summary>It is not played at all.</summary>
    Cancelled,

    /// <summary>Its result was decided by officials.</summary>
    Awarded,

    /// <summary>One side did not begin to play.</summary>
    Walkover,

    /// <summary>One side gave up while it was played.</summary>
    Retired,
}
