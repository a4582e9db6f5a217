namespace PushNet.Actors.Games;

/// <summary>Who won a game. On the wire in lower case. Kept on disk by number: further ones come last.</summary>
public enum Winner
{
    /// <summary>The home side.</summary>
    Home,

    /// <summary>The visitors.</summary>
    Away,

    /// <summary>Nobody: the game ended in a draw.</summary>
    Draw,
}
