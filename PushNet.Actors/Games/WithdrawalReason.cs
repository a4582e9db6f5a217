namespace PushNet.Actors.Games;

/// <summary>Why an outcome has no price any more. Written in lower case on the wire.</summary>
public enum WithdrawalReason
{
    /// <summary>For the moment it can't be bet on.</summary>
    Suspended,

    /// <summary>It is decided.</summary>
    Settled,
}
