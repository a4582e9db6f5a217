using System.Collections.Immutable;

namespace PushNet.Actors.Games;

/// <summary>One game as of a <see cref="BoardView"/>. Immutable but for <see cref="Seen"/>.</summary>
/// <param name="Game">Its state.</param>
/// <param name="Outcomes">Its outcomes in the order in which they were first seen; null in the place of a withdrawn one.</param>
/// <param name="Version">Grows with every change of the game or its outcomes; no two games have the same.</param>
public sealed record GameView(Game Game, ImmutableList<Outcome?> Outcomes, long Version)
{
    /// <summary>The marks as they are now, not as they were when the view was made.</summary>
    public SeenTimes Seen { get; init; } = new();

    /// <summary>The marks of the outcomes that have one.</summary>
    public IReadOnlyDictionary<OutcomeKey, long> SeenOutcomes()
    {
        var seen = new Dictionary<OutcomeKey, long>();
        foreach (var (slot, outcome) in Outcomes.Index())
        {
            if (outcome is not null && Seen.Outcome(slot) is { } ts)
            {
                seen.Add(outcome.Key, ts);
            }
        }

        return seen;
    }

    /// <summary>The prices that stand, by market type; markets without any are left out.</summary>
    /// <param name="selects">Which outcomes; null for all.</param>
    public ILookup<string, Outcome> Markets(Func<OutcomeKey, bool>? selects = null) => ByMarket(Outcomes, selects);

    internal static ILookup<string, Outcome> ByMarket(IEnumerable<Outcome?> outcomes, Func<OutcomeKey, bool>? selects) =>
        outcomes.OfType<Outcome>()
            .Where(outcome => selects is null || selects(outcome.Key))
            .ToLookup(outcome => outcome.Key.MarketType, StringComparer.Ordinal);
}
