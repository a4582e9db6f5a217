namespace PushNet.Actors.Subscriptions;

/// <summary>What a client may ask for on top of the events of its channel (docs/protocol.md#asking-for-less).</summary>
[Flags]
public enum Extras
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>prices=snapshot</c></summary>
    Prices = 1,

    /// <summary><c>games=all</c></summary>
    AllGames = 2,

    /// <summary><c>details=1</c></summary>
    Details = 4,
}
