namespace PushNet.Actors.Games;

/// <summary>Who won a game. Written in lower case on the wire, and kept on disk by number: new ones come last.</summary>
public enum Winner
{
    /// <summary>The home side.</summary>
    Home,

    /// <summary>The visitors.</summary>
    Away,

    /// <summary>Nobody: the game ended in a draw.</summary>
    Draw,
}
