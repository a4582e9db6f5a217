using Akka.Actor;
using PushNet.Actors.Journal;
using PushNet.Actors.Telemetry;

namespace PushNet.Actors.State;

/// <summary>
/// Tells the journal what to write: commits, snapshots, and the last of both. <see cref="GroupCommit{T}"/> and <see cref="Durability"/>
/// say when. Runs on the thread of the <see cref="GameStateActor"/>.
/// </summary>
/// <param name="settings">How the board is kept.</param>
/// <param name="board">The board.</param>
/// <param name="durability">Whether it can be written.</param>
/// <param name="time">The clock.</param>
/// <param name="timers">The actor's timers.</param>
/// <param name="metrics">Where commits are counted.</param>
internal sealed class JournalWriter(
    JournalSettings settings, ObservedBoard board, Durability durability, TimeProvider time, ITimerScheduler timers, PushMetrics metrics)
{
    private readonly GroupCommit<Waiting> _commit = new(board.Changes!, settings.CommitInterval, time);
    private IActorRef? _journal;
    private IActorRef? _stopper;

    private bool MustCommit => _commit.IsNeeded(board.Board.Seq);

    /// <summary>The journal was read back, and is written from now on.</summary>
    public void Open(JournalRecovered recovered)
    {
        _journal = recovered.Writer;
        _commit.StartOver(recovered.Image.Seq);
    }

    /// <summary>The journal is gone.</summary>
    /// <returns>Everybody whose group is not written, in order.</returns>
    public IReadOnlyList<Waiting> Close()
    {
        _journal = null;
        return _commit.Abandon();
    }

    /// <summary>True when it is this journal that is written.</summary>
    public bool WritesTo(IActorRef journal) => journal.Equals(_journal);

    /// <summary>A group was applied: its source is told when all of it is written.</summary>
    public void Acknowledge(IActorRef source, ObserveLines group, LinesReceipt receipt)
    {
        if (group.IsDemo)
        {
            board.Settle(source, receipt);
        }
        else
        {
            _commit.Await(new Waiting(source, group, receipt));
        }

        CommitSoon();
    }

    /// <summary>Writes whatever the board has and the disk has not, as soon as it may.</summary>
    public void CommitSoon()
    {
        if (!durability.CanWrite || _commit.IsUnderWay)
        {
            return;
        }

        // A line may be unchanged or stale because of a group that is not written yet, so its group waits its turn like the others.
        if (!MustCommit)
        {
            Settle(_commit.TakeWaiting());
            StopWhenDone();
        }
        else if (_commit.Wait is var wait && wait > TimeSpan.Zero)
        {
            if (!timers.IsTimerActive(nameof(CommitDue)))
            {
                timers.StartSingleTimer(nameof(CommitDue), CommitDue.Instance, wait);
            }
        }
        else
        {
            Commit();
        }
    }

    /// <summary>The next commit has waited for as long as it must.</summary>
    public void OnCommitDue()
    {
        if (durability.CanWrite && !_commit.IsUnderWay && MustCommit)
        {
            Commit();
        }
    }

    /// <summary>The commit is written.</summary>
    public void OnCommitted()
    {
        metrics.Committed(_commit.Age);
        Settle(_commit.End());
        if (board.Changes!.Written >= Math.Max(settings.SnapshotInterval, board.Board.GameCount + board.Board.OutcomeCount))
        {
            SaveSoon();
        }

        CommitSoon();
    }

    /// <summary>Writes a snapshot, unless one is on its way.</summary>
    public void SaveSoon()
    {
        if (durability.TrySave())
        {
            Save(isFinal: false);
        }
    }

    /// <summary>Writes what is left, and then the last snapshot.</summary>
    /// <param name="stopper">Told <see cref="BoardStopped"/> after that.</param>
    public void Stop(IActorRef stopper)
    {
        _stopper = stopper;
        CommitSoon();
        StopWhenDone();
    }

    /// <summary>Does what a stop has to do next, if there is one.</summary>
    public void StopWhenDone()
    {
        switch (durability.NextOfStop(isWritten: !_commit.IsUnderWay && !MustCommit))
        {
            case Durability.StopStep.SaveFinal:
                Save(isFinal: true);
                break;
            case Durability.StopStep.Done:
                _stopper!.Tell(BoardStopped.Instance, ActorRefs.NoSender);
                break;
        }
    }

    private void Commit() => _journal!.Tell(new Commit(_commit.Begin(board.Board)));

    private void Save(bool isFinal)
    {
        board.Changes!.SnapshotTaken();
        _journal!.Tell(new SaveImage(board.Image(isFinal)));
    }

    private void Settle(IReadOnlyList<Waiting> waiting)
    {
        foreach (var (source, _, receipt) in waiting)
        {
            board.Settle(source, receipt);
        }
    }

    /// <summary>Whom to acknowledge what, and what to apply again when it can't be written.</summary>
    /// <param name="Source">Who sent the group.</param>
    /// <param name="Group">The group.</param>
    /// <param name="Receipt">What became of it.</param>
    public sealed record Waiting(IActorRef Source, ObserveLines Group, LinesReceipt Receipt);

    /// <summary>A timer's message: see <see cref="OnCommitDue"/>.</summary>
    public sealed record CommitDue
    {
        internal static readonly CommitDue Instance = new();
    }
}
