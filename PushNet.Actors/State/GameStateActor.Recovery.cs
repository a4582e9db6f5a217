using Akka.Actor;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;

namespace PushNet.Actors.State;

/// <summary>What happens while there is no journal: at the start, and after a write that failed.</summary>
public sealed partial class GameStateActor
{
    // Before the board is read back nobody can be told why not, so all wait; they are few.
    private void HoldOrRefuse(ObserveGroup group, IActorRef sender)
    {
        if (_mayWait && (group.CanWait || _fault is null))
        {
            _held.Enqueue((group, sender));
        }
        else
        {
            Refuse(sender);
        }
    }

    private void Refuse(IActorRef sender) =>
        sender.Tell(new Status.Failure(new BoardUnavailableException(NotReady)), ActorRefs.NoSender);

    private void Recovered(JournalRecovered recovered)
    {
        if (_writer is not null)
        {
            Failed(new InvalidOperationException("the journal started anew"));
        }

        // What left the board since the write that failed is on it again.
        _group.Clear();
        var wasRunning = _hasBoard;
        Restore(recovered.Image);
        (_writer, _fault, _committedSeq) = (recovered.Writer, null, recovered.Image.Seq);
        Context.Watch(_writer);
        if (_journal!.IsIncomplete)
        {
            // With a snapshot of what is left the next start finds no gap any more.
            Save(isFinal: false);
        }

        if (wasRunning)
        {
            foreach (var publisher in _publishers.Keys)
            {
                publisher.Tell(BoardReset.Instance, ActorRefs.NoSender);
            }
        }

        HandleHeld();
    }

    private void Restore(BoardImage image)
    {
        _hasBoard = true;
        _board.Restore(image, Now);
        _published.Publish(_board.View());
        LogRecovered(_log, _board.GameCount, _board.OutcomeCount, _board.Seq);
    }

    private void RefuseHeld()
    {
        _mayWait = false;
        HandleHeld();
    }

    private void HandleHeld()
    {
        for (var count = _held.Count; count > 0; count--)
        {
            var (message, sender) = _held.Dequeue();
            Handle(message, sender);
        }
    }

    // What was applied and is not written is on the board until it is read back; whoever sent it is told to send it again,
    // or, if the source can wait, it is applied again then, before all that comes later.
    private void Failed(Exception cause, BoardImage? image = null)
    {
        var isStarting = !_hasBoard;
        if (isStarting && image is not null)
        {
            // The disk is full when the server starts: it serves what it has, as one does whose disk fills while it runs.
            Restore(image);
        }

        var unwritten = _committing.Concat(_group.TakeWaiting()).ToList();
        (_writer, _committing, _isCommitting, _isSaving) = (null, [], false, false);
        _group.Clear();
        _fault = $"{(_hasBoard ? "observations can't be written" : "the board can't be read back")}: {Reason(cause)}";
        LogFailed(_log, cause);
        _metrics.JournalFailed();
        foreach (var (source, group, _) in unwritten)
        {
            HoldOrRefuse(group, source);
        }

        if (isStarting)
        {
            HandleHeld();
        }

        StopWhenDone();
    }

    // At the start only the operator is there to read it.
    private string Reason(Exception cause) =>
        _hasBoard && !_journal!.TellsReasons ? "the database can't be used; the log says why" : cause.GetBaseException().Message;

    private void StopWhenDone()
    {
        if (_stopper is null || _isSaving || _isCommitting || (_writer is not null && MustCommit))
        {
            return;
        }

        if (_writer is null || _isFinal)
        {
            _stopper.Tell(BoardStopped.Instance, ActorRefs.NoSender);
            return;
        }

        _isFinal = true;
        Save(_isFinal);
    }

    [LoggerMessage(2, LogLevel.Information, "The board was read back: {Games} games, {Outcomes} outcomes, seq {Seq}")]
    private static partial void LogRecovered(ILogger log, int games, int outcomes, long seq);

    [LoggerMessage(3, LogLevel.Error, "The board can't be kept on disk; no observation is acknowledged until it can")]
    private static partial void LogFailed(ILogger log, Exception cause);

    [LoggerMessage(4, LogLevel.Warning, "A snapshot of the board could not be written; the next one is tried later")]
    private static partial void LogNotSaved(ILogger log, Exception cause);

    private sealed record CommitDue
    {
        public static readonly CommitDue Instance = new();
    }
}
