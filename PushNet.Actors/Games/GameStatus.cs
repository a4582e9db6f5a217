namespace PushNet.Actors.Games;

/// <summary>Where a game is in its life. Written in lower case on the wire (docs/protocol.md#objects: Game.status).</summary>
public enum GameStatus
{
    /// <summary>Not begun.</summary>
    Unplayed,

    /// <summary>Being played: the game is part of every snapshot.</summary>
    Live,

    /// <summary>Over. A correction may still bring it back to another status.</summary>
    Final,
}
