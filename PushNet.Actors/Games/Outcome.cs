namespace PushNet.Actors.Games;

/// <summary>An outcome that can be bet on now (docs/protocol.md#rest). Immutable.</summary>
/// <param name="Key">What names it within its game.</param>
/// <param name="Price">American odds.</param>
/// <param name="PlayerId">The player it is about, where there is one.</param>
/// <param name="Ts">Epoch milliseconds: the <c>ts</c> of the outcome's last event.</param>
public sealed record Outcome(OutcomeKey Key, decimal Price, string? PlayerId, long Ts)
{
    /// <summary>True when it belongs to the main line among several.</summary>
    public bool IsMain { get; init; }
}
