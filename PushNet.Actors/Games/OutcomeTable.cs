using System.Collections.Immutable;

namespace PushNet.Actors.Games;

/// <summary>
/// The outcomes of one game. Finding and changing one costs a hash lookup; <see cref="Latest"/> is an immutable list that
/// shares all that did not change with the one before, so that readers never make the writer copy.
/// </summary>
internal sealed class OutcomeTable
{
    private readonly Dictionary<OutcomeKey, Entry> _entries = [];
    private readonly ImmutableList<Outcome?>.Builder _latest = ImmutableList.CreateBuilder<Outcome?>();

    /// <summary>The marks of the game and its outcomes, for readers.</summary>
    public SeenTimes Seen { get; } = new();

    /// <summary>Outcomes known, withdrawn ones included.</summary>
    public int Count => _entries.Count;

    /// <summary>True when any outcome has a current price.</summary>
    public bool HasPrices => _entries.Values.Any(entry => entry.Outcome is not null);

    /// <summary>The outcomes in the order in which they were first seen; null in the place of a withdrawn one.</summary>
    public ImmutableList<Outcome?> Latest => _latest.ToImmutable();

    /// <summary>All of them, withdrawn ones too.</summary>
    public IReadOnlyDictionary<OutcomeKey, Entry> Entries => _entries;

    public Entry? Find(OutcomeKey key) => _entries.GetValueOrDefault(key);

    public Entry Add(OutcomeKey key)
    {
        var entry = new Entry(_latest.Count, Seen);
        _entries.Add(key, entry);
        _latest.Add(null);
        return entry;
    }

    public void Set(Entry entry, Outcome? outcome) => _latest[entry.Slot] = entry.Outcome = outcome;

    /// <summary>One outcome.</summary>
    public sealed class Entry(int slot, SeenTimes seen)
    {
        public int Slot { get; } = slot;

        /// <summary>Null when it is withdrawn. The entry stays then, because its mark is still needed.</summary>
        public Outcome? Outcome { get; set; }

        /// <summary>The newest observation that was accepted for it; older ones are stale.</summary>
        public Mark Mark
        {
            get;
            set
            {
                field = value;
                seen.Set(Slot, value);
            }
        }
    }
}
