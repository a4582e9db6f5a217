using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;

namespace PushNet.Actors.State;

/// <summary>
/// What the next commit will hold, and who waits for it. While one commit is on its way the next collects: what is touched
/// twice is written once. Pure; not thread-safe.
/// </summary>
internal sealed class GroupCommit
{
    private readonly Dictionary<string, Touched> _touched = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private List<Waiting> _waiting = [];

    /// <summary>True when there is something to write.</summary>
    public bool HasChanges => _touched.Count > 0 || _removed.Count > 0;

    /// <summary>Games and outcomes that were written since the last snapshot.</summary>
    public int Written { get; private set; }

    /// <summary>The state of a game was observed.</summary>
    public void TouchGame(string gameId) => Of(gameId).State = true;

    /// <summary>An outcome was observed.</summary>
    public void TouchOutcome(string gameId, OutcomeKey outcome) => Of(gameId).Outcomes.Add(outcome);

    /// <summary>A game left the board.</summary>
    public void Remove(string gameId)
    {
        _touched.Remove(gameId);
        _removed.Add(gameId);
    }

    /// <summary>Somebody wants to be told when all that was touched so far is written.</summary>
    public void Await(Waiting waiting) => _waiting.Add(waiting);

    /// <summary>Takes those who wait.</summary>
    public IReadOnlyList<Waiting> TakeWaiting()
    {
        var waiting = _waiting;
        _waiting = [];
        return waiting;
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
        _touched.Clear();
        _removed.Clear();
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

    /// <summary>Whom to acknowledge what.</summary>
    /// <param name="Source">Who sent the group.</param>
    /// <param name="Group">The group.</param>
    /// <param name="Receipt">What became of it.</param>
    public sealed record Waiting(IActorRef Source, ObserveGroup Group, GroupReceipt Receipt);

    private sealed class Touched
    {
        public bool State { get; set; }

        public HashSet<OutcomeKey> Outcomes { get; } = [];
    }
}
