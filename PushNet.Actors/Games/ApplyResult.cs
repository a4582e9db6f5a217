namespace PushNet.Actors.Games;

/// <summary>What became of an observation (docs/feeding.md#the-answer).</summary>
public enum Verdict
{
    /// <summary>The board changed, with or without an event.</summary>
    Applied,

    /// <summary>The board already showed it.</summary>
    Unchanged,

    /// <summary>Older than what is known; not applied.</summary>
    Stale,

    /// <summary>Refused; nothing changed.</summary>
    Rejected,
}

/// <summary>The board's answer to one observation.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Events">The events it caused, in order; usually none or one.</param>
/// <param name="Error">Why it was rejected, as a sentence for its sender.</param>
public readonly record struct ApplyResult(Verdict Verdict, IReadOnlyList<GameEvent> Events, string? Error)
{
    /// <summary>
    /// How far the <c>ts</c> is ahead of the server's clock, in milliseconds. Null unless the observation was rejected because that is too
    /// far.
    /// </summary>
    public long? AheadMs { get; init; }

    /// <summary>The outcomes that a <see cref="WithdrawObservation"/> was accepted for.</summary>
    public IReadOnlyList<OutcomeKey> Withdrawn { get; init; } = [];

    /// <summary>What the sender should know although the observation was accepted, as a sentence; null when there is nothing.</summary>
    public string? Warning { get; init; }

    internal static readonly ApplyResult Unchanged = new(Verdict.Unchanged, [], null);

    internal static readonly ApplyResult Stale = new(Verdict.Stale, [], null);

    internal static ApplyResult Applied(params IReadOnlyList<GameEvent> events) => new(Verdict.Applied, events, null);

    internal static ApplyResult Rejected(string error) => new(Verdict.Rejected, [], error);
}
