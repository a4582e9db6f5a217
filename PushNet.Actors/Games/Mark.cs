namespace PushNet.Actors.Games;

/// <summary>The newest observation that was accepted of a game or an outcome (docs/feeding.md#order).</summary>
public readonly record struct Mark
{
    // Without the byte and the padding that a nullable has: there are a million of them. 0: none.
    private readonly long _tsPlusOne;

    /// <summary>A mark.</summary>
    /// <param name="ts">Epoch milliseconds; null when no observation had a time.</param>
    /// <param name="rev">The largest number among the observations of that time.</param>
    public Mark(long? ts, Rev rev = default) => (_tsPlusOne, Rev) = (ts + 1 ?? 0, rev);

    /// <summary>The largest <c>ts</c>, epoch milliseconds; null when no observation had one.</summary>
    public long? Ts => _tsPlusOne == 0 ? null : _tsPlusOne - 1;

    /// <summary>The largest number among the observations of that time, as far as they had one.</summary>
    public Rev Rev { get; }

    /// <summary>The mark of a time without a number.</summary>
    public static implicit operator Mark(long? ts) => new(ts);

    /// <summary>True when an observation is older.</summary>
    public bool IsAhead(Observation observation) =>
        observation.Ts is { } ts && (ts < Ts || (ts == Ts && observation.Rev.IsBefore(Rev)));

    /// <summary>The mark when an observation that is not older was accepted.</summary>
    public Mark Behind(Observation observation) =>
        observation.Ts is not { } ts ? this : new Mark(ts, ts == Ts && !observation.Rev.IsThere ? Rev : observation.Rev);
}
