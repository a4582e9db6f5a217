using PushNet.Actors.Games;
using PushNet.Actors.Journal;

namespace PushNet.Actors.State;

/// <summary>What the next commit will hold. What is touched twice in between is written once. Pure; not thread-safe.</summary>
internal sealed class UnwrittenChanges
{
    private readonly Dictionary<string, Touched> _touched = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);

    /// <summary>True when there is something to write.</summary>
    public bool Any => _touched.Count > 0 || _removed.Count > 0;

    /// <summary>Games and outcomes that were written since the last snapshot.</summary>
    public int Written { get; private set; }

    /// <summary>The board took an observation. Its mark may have moved even if nothing else changed.</summary>
    /// <param name="observation">The observation.</param>
    /// <param name="withdrawn">The outcomes that a <see cref="WithdrawObservation"/> was accepted for.</param>
    public void Touch(Observation observation, IReadOnlyList<OutcomeKey>? withdrawn = null)
    {
        switch (observation)
        {
            case RemoveObservation:
                Remove(observation.GameId);
                break;
            case PriceObservation price:
                Of(observation.GameId).Outcomes.Add(price.Key);
                break;
            case WithdrawObservation:
                Of(observation.GameId).Outcomes.UnionWith(withdrawn ?? []);
                break;
            default:
                Of(observation.GameId).State = true;
                break;
        }
    }

    /// <summary>A game left the board.</summary>
    public void Remove(string gameId)
    {
        _touched.Remove(gameId);
        _removed.Add(gameId);
    }

    /// <summary>Takes what is to be written, as it stands on the board now.</summary>
    public JournalEntry TakeEntry(GameBoard board)
    {
        var games = new List<GameChange>(_touched.Count);
        foreach (var (gameId, touched) in _touched)
        {
            if (board.ChangeOf(gameId, touched.State, touched.Outcomes) is { } change)
            {
                games.Add(change);
                Written += 1 + change.Outcomes.Count;
            }
        }

        var entry = new JournalEntry(board.Seq, [.. _removed], games);
        Clear();
        return entry;
    }

    /// <summary>A snapshot holds all that was touched so far.</summary>
    public void SnapshotTaken() => Written = 0;

    /// <summary>Forgets everything that is not written.</summary>
    public void Clear()
    {
        _touched.Clear();
        _removed.Clear();
    }

    private Touched Of(string gameId)
    {
        if (!_touched.TryGetValue(gameId, out var touched))
        {
            _touched.Add(gameId, touched = new Touched());
        }

        return touched;
    }

    private sealed class Touched
    {
        public bool State { get; set; }

        public HashSet<OutcomeKey> Outcomes { get; } = [];
    }
}
