namespace PushNet.Actors.Subscriptions;

/// <summary>What only those are sent who asked for it (docs/protocol.md#asking-for-less).</summary>
[Flags]
public enum Extras
{
    /// <summary>Nothing: what everybody gets.</summary>
    None = 0,

    /// <summary><c>details=1</c>: updates that tell only what surrounds the score, too.</summary>
    Details = 1,
}
