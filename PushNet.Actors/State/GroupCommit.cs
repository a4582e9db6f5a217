using PushNet.Actors.Games;
using PushNet.Actors.Journal;

namespace PushNet.Actors.State;

/// <summary>
/// Runs one commit at a time, for everything that came while the one before was on its way, and knows who waits for which. Pure except
/// for its clock; not thread-safe.
/// </summary>
/// <typeparam name="T">What stands for those who wait.</typeparam>
/// <param name="changes">What the next commit will hold.</param>
/// <param name="interval">Commits begin no closer together than this.</param>
/// <param name="time">The clock.</param>
internal sealed class GroupCommit<T>(UnwrittenChanges changes, TimeSpan interval, TimeProvider time)
{
    private List<T> _waiting = [];
    private List<T> _committing = [];
    private long _begunAt;
    private long _seq;

    /// <summary>True from <see cref="Begin"/> until <see cref="End"/> or <see cref="Abandon"/>.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>The time since the last commit began.</summary>
    public TimeSpan Age => time.GetElapsedTime(_begunAt);

    /// <summary>How long the next commit has to wait; zero or less when it may begin.</summary>
    public TimeSpan Wait => interval - Age;

    /// <summary>True when there is something to write.</summary>
    /// <param name="seq">The number of the last event.</param>
    /// <remarks>A server that only plays the demo gives out numbers too, and a later start must know how high they may have gone.</remarks>
    public bool IsNeeded(long seq) => changes.Any || seq - _seq >= BoardFold.SeqJump / 2;

    /// <summary>Somebody wants to be told when all that was touched so far is written.</summary>
    public void Await(T waiting) => _waiting.Add(waiting);

    /// <summary>Takes those who wait for the next commit.</summary>
    public IReadOnlyList<T> TakeWaiting()
    {
        var waiting = _waiting;
        _waiting = [];
        return waiting;
    }

    /// <summary>The next commit begins, for all who wait.</summary>
    /// <returns>What to write.</returns>
    public JournalEntry Begin(GameBoard board)
    {
        (_committing, _waiting) = (_waiting, []);
        var entry = changes.TakeEntry(board);
        (IsUnderWay, _begunAt, _seq) = (true, time.GetTimestamp(), entry.Seq);
        return entry;
    }

    /// <summary>The commit is written.</summary>
    /// <returns>Those who waited for it.</returns>
    public IReadOnlyList<T> End()
    {
        var done = _committing;
        (IsUnderWay, _committing) = (false, []);
        return done;
    }

    /// <summary>Nothing can be written any more.</summary>
    /// <returns>All who waited, in order.</returns>
    public IReadOnlyList<T> Abandon()
    {
        changes.Clear();
        return [.. End(), .. TakeWaiting()];
    }

    /// <summary>The board is as it was read back.</summary>
    /// <param name="seq">The number of its last event.</param>
    public void StartOver(long seq)
    {
        // What left the board since the write that failed is on it again.
        changes.Clear();
        _seq = seq;
    }
}
