using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;

namespace PushNet.Actors.State;

/// <summary>
/// How the board is kept on disk: commits of groups that wait while one is on its way, snapshots, and what happens until the
/// board is read back. Without a journal nothing here runs but a comparison with null.
/// </summary>
public sealed partial class GameStateActor
{
    private const string Stopping = "the server is stopping; send again later";

    private readonly JournalSettings? _journal;
    private readonly GroupCommit _group = new();
    private readonly Queue<(object Message, IActorRef Sender)> _held = [];
    private IReadOnlyList<GroupCommit.Waiting> _committing = [];
    private IActorRef? _writer;
    private IActorRef? _stopper;
    private bool _hasBoard;
    private bool _mayWait = true;
    private bool _isCommitting;
    private bool _isSaving;
    private bool _isFinal;
    private long _committedAt;
    private long _committedSeq;
    private string? _fault;

    private bool IsReady => _writer is not null && _stopper is null;

    private string NotReady => !_mayWait ? Stopping : _fault ?? "the board is being read back; try again soon";

    // A server that only plays the demo gives out numbers too, and a later start must know how far they may have come.
    private bool MustCommit => _group.HasChanges || _board.Seq - _committedSeq >= BoardFold.SeqJump / 2;

    private void StartJournal()
    {
        if (_journal is not null)
        {
            Context.ActorOf(BoardJournalActor.Props(Self, _journal), "journal");
        }
    }

    private bool HandleDurably(object message, IActorRef sender)
    {
        switch (message)
        {
            case ObserveGroup group when !IsReady && !(group.IsDemo && _hasBoard):
                HoldOrRefuse(group, sender);
                return true;
            case GetSnapshot when !_hasBoard:
            case GetBoardStatus when !_hasBoard && _fault is null:
                _held.Enqueue((message, sender));
                return true;
            case RemoveGame when !IsReady:
                Refuse(sender);
                return true;
            case Committed:
                CommitDone();
                return true;
            case CommitDue:
                Commit();
                return true;
            case ImageSaved saved:
                ImageDone(saved.Failure);
                return true;
            case JournalRecovered recovered:
                Recovered(recovered);
                return true;
            case JournalFailed failed:
                Failed(failed.Cause, failed.Image);
                return true;
            case Terminated gone:
                if (gone.ActorRef.Equals(_writer))
                {
                    Failed(new InvalidOperationException("the journal stopped"));
                }

                return true;
            case StopWaiting:
                RefuseHeld();
                return true;
            case StopBoard:
                _stopper = sender;
                RefuseHeld();
                Timers.Cancel(nameof(Evict));
                CommitSoon();
                StopWhenDone();
                return true;
            default:
                return false;
        }
    }

    private void Touch(ObserveGroup group, ParsedLine line, Verdict verdict)
    {
        if (_journal is null || group.IsDemo || verdict is not (Verdict.Applied or Verdict.Unchanged))
        {
            return;
        }

        if (line.Observation is PriceObservation price)
        {
            _group.TouchOutcome(price.GameId, price.Key);
        }
        else
        {
            _group.TouchGame(line.Observation!.GameId);
        }
    }

    // A game left the board; the journal is to know it.
    private void Unkept(string gameId)
    {
        if (_journal is not null)
        {
            _group.Remove(gameId);
        }
    }

    private void Acknowledge(IActorRef source, ObserveGroup group, GroupReceipt receipt)
    {
        if (_journal is null || group.IsDemo)
        {
            Settle(source, receipt);
        }
        else
        {
            _group.Await(new GroupCommit.Waiting(source, group, receipt));
        }

        CommitSoon();
    }

    // What is unchanged or stale may be so by a group that is not written yet: it waits its turn like the others.
    private void CommitSoon()
    {
        if (_writer is null || _isCommitting)
        {
            return;
        }

        if (!MustCommit)
        {
            Settle(_group.TakeWaiting());
            StopWhenDone();
        }
        else if (_journal!.CommitInterval - _time.GetElapsedTime(_committedAt) is var wait && wait > TimeSpan.Zero)
        {
            if (!Timers.IsTimerActive(nameof(CommitDue)))
            {
                Timers.StartSingleTimer(nameof(CommitDue), CommitDue.Instance, wait);
            }
        }
        else
        {
            Commit();
        }
    }

    private void Commit()
    {
        if (_writer is null || _isCommitting || !MustCommit)
        {
            return;
        }

        _committing = _group.TakeWaiting();
        var entry = _group.TakeEntry(_board);
        (_isCommitting, _committedAt, _committedSeq) = (true, _time.GetTimestamp(), entry.Seq);
        _writer.Tell(new Commit(entry));
    }

    private void CommitDone()
    {
        _isCommitting = false;
        _metrics.Committed(_time.GetElapsedTime(_committedAt));
        Settle(_committing);
        _committing = [];
        if (_group.Written >= Math.Max(_journal!.SnapshotInterval, _board.GameCount + _board.OutcomeCount))
        {
            Save(isFinal: false);
        }

        CommitSoon();
    }

    private static void Settle(IReadOnlyList<GroupCommit.Waiting> waiting)
    {
        foreach (var (source, _, receipt) in waiting)
        {
            Settle(source, receipt);
        }
    }

    private void Save(bool isFinal)
    {
        if (_writer is not null && !_isSaving)
        {
            _isSaving = true;
            _group.SnapshotTaken();
            _writer.Tell(new SaveImage(_board.Image(isFinal, Now)));
        }
    }

    private void ImageDone(Exception? failure)
    {
        _isSaving = false;
        if (failure is not null)
        {
            LogNotSaved(_log, failure);
        }

        StopWhenDone();
    }
}
