namespace PushNet.Actors.Games;

/// <summary>The newest observation that was accepted for a game or an outcome (docs/feeding.md#order).</summary>
public readonly record struct Mark
{
    // 0 means none. A nullable would add a byte and padding, and there are a million of these.
    private readonly long _tsPlusOne;

    /// <summary>A mark.</summary>
    /// <param name="ts">Epoch milliseconds; null when no observation had a time.</param>
    /// <param name="rev">The largest number among the observations of that time.</param>
    public Mark(long? ts, Rev rev = default) => (_tsPlusOne, Rev) = (ts + 1 ?? 0, rev);

    /// <summary>The largest <c>ts</c>, epoch milliseconds; null when no observation had one.</summary>
    public long? Ts => _tsPlusOne == 0 ? null : _tsPlusOne - 1;

    /// <summary>The largest number among the observations of that time, if any had one.</summary>
    public Rev Rev { get; }

    /// <summary>The mark of a time without a number.</summary>
    public static implicit operator Mark(long? ts) => new(ts);

    /// <summary>True when an observation is older than the mark.</summary>
    public bool IsAhead(Observation observation) =>
        observation.Ts is { } ts && (ts < Ts || (ts == Ts && observation.Rev.IsBefore(Rev)));

    /// <summary>The mark after an observation that is not older was accepted.</summary>
    public Mark Behind(Observation observation) =>
        observation.Ts is not { } ts ? this : new Mark(ts, ts == Ts && !observation.Rev.IsThere ? Rev : observation.Rev);
}
