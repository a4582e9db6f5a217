namespace PushNet.Actors.Games;

/// <summary>Why an outcome has no price any more. On the wire in lower case.</summary>
public enum WithdrawalReason
{
    /// <summary>For the moment it can't be bet on.</summary>
    Suspended,

    /// <summary>It is decided.</summary>
    Settled,
}
