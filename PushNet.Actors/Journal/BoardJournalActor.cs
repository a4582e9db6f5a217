using Akka.Actor;
using Akka.Pattern;
using Akka.Persistence;
using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>
/// Keeps the board with Akka.Persistence. It reads the board back when it starts, writes one entry per commit, takes snapshots, and
/// deletes the entries that are no longer needed. It stops when a write fails; what it has not answered is not written.
/// </summary>
internal sealed class BoardJournalActor : UntypedPersistentActor
{
    /// <summary>The only persistence id.</summary>
    public const string Id = "board";

    /// <summary>Entries deleted in one transaction; commits wait for no more than one.</summary>
    private const int DeletionStep = 100;

    /// <summary>
    /// More entries than lie between two snapshots. What a stopped server had no time to delete is deleted step by step too.
    /// </summary>
    private const int DeletionBacklog = 100_000;

    private readonly IActorRef _owner;
    private readonly BoardOwnership _ownership;
    private BoardFold? _fold;
    private BoardImage? _recovered;
    private BoardImage? _opening;
    private long _snapshot;
    private long _deletedTo;
    private long _deleteTo;
    private bool _isDeleting;
    private Commit? _waiting;

    /// <summary>See <see cref="Props" />.</summary>
    public BoardJournalActor(IActorRef owner, JournalSettings settings) =>
        (_owner, _ownership, _fold) = (owner, settings.Ownership, new BoardFold(settings.IsIncomplete));

    /// <inheritdoc />
    public override string PersistenceId => Id;

    /// <summary>A journal that opens itself again after a failure, with back-off.</summary>
    /// <param name="owner">Told <see cref="JournalRecovered"/>, <see cref="JournalFailed"/> and the answers.</param>
    /// <param name="settings">The back-off, whether entries may be missing, and whether the board may be written.</param>
    public static Props Props(IActorRef owner, JournalSettings settings) => BackoffSupervisor.Props(
        Backoff.OnStop(Akka.Actor.Props.Create(() => new BoardJournalActor(owner, settings)), "writer", settings.MinBackOff,
            settings.MaxBackOff, 0.2, -1)
            .WithDefaultStoppingStrategy()
            .WithManualReset());

    /// <inheritdoc />
    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: BoardImage image } offer:
                _fold!.Add(image);
                _snapshot = offer.Metadata.SequenceNr;
                break;
            case JournalEntry entry:
                _fold!.Add(entry);
                break;
            case RecoveryCompleted:
                Begin(_fold!.ToImage());
                break;
            default:
                throw new InvalidDataException($"the journal holds a {message.GetType().Name}, which this version does not know");
        }
    }

    /// <inheritdoc />
    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Commit commit when _isDeleting:
                _waiting = commit;
                break;
            case Commit commit:
                Write(commit);
                break;
            case SaveImage save:
                SaveSnapshot(save.Image);
                break;
            case SaveSnapshotSuccess saved:
                _owner.Tell(new ImageSaved(null));
                DeleteBefore(saved.Metadata.SequenceNr);
                break;
            case SaveSnapshotFailure failed:
                _ownership.LoseIfRefused(failed.Cause);
                _owner.Tell(new ImageSaved(failed.Cause));
                break;
            case DeleteMessagesSuccess or DeleteMessagesFailure when _recovered is { } image:
                // Should it not be allowed to delete, it is not allowed to write either, and is told so with the first entry.
                Open(image);
                break;
            case DeleteMessagesSuccess deleted:
                _deletedTo = deleted.ToSequenceNr;
                WriteOrDelete();
                break;
            case DeleteMessagesFailure failed:
                // Akka has logged it; the next snapshot tries again.
                _ownership.LoseIfRefused(failed.Cause);
                _deleteTo = _deletedTo;
                WriteOrDelete();
                break;
            case DeleteSnapshotsFailure failed:
                _ownership.LoseIfRefused(failed.Cause);
                break;
            case DeleteSnapshotsSuccess:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc />
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistFailure(cause, @event, sequenceNr);
        _ownership.LoseIfRefused(cause);
        _owner.Tell(new JournalFailed(cause, _opening));
    }

    /// <inheritdoc />
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistRejected(cause, @event, sequenceNr);
        _owner.Tell(new JournalFailed(cause));
        Context.Stop(Self);
    }

    /// <inheritdoc />
    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        base.OnRecoveryFailure(reason, message);

        // The replay filter has logged which entries these are.
        _owner.Tell(new JournalFailed(reason is not IllegalStateException ? reason : new InvalidDataException(
            "two servers have written this board at the same time, so what it holds can't be told. Restore a backup.")));
    }

    private void Begin(BoardImage image)
    {
        (_fold, _recovered, _deletedTo) = (null, image, Math.Max(0, _snapshot - DeletionBacklog));

        // Usually nothing is that old. But the first deletion takes 100 ms or more to prepare its statements, and no commit waits for
        // it yet.
        DeleteMessages(_deletedTo);
    }

    // The first entry tells a later start that this one gave out numbers, even if it never writes anything else.
    private void Open(BoardImage image)
    {
        (_recovered, _opening) = (null, image);
        Persist(new JournalEntry(image.Seq, [], []), _ =>
        {
            _opening = null;

            // Only now that it can write: reading back may take longer than the first pauses.
            Context.Parent.Tell(BackoffSupervisor.Reset.Instance);
            _owner.Tell(new JournalRecovered(image, Self));
        });
    }

    private void Write(Commit commit) => Persist(commit.Entry, _ =>
    {
        _owner.Tell(Committed.Instance);
        WriteOrDelete();
    });

    // The previous snapshot and the entries behind it stay, so that nothing is lost if the newest snapshot is damaged.
    private void DeleteBefore(long newest)
    {
        var before = _snapshot;
        _snapshot = newest;
        if (before == 0 || before == newest)
        {
            return;
        }

        DeleteSnapshots(new SnapshotSelectionCriteria(before - 1));
        _deleteTo = before;
        if (!_isDeleting)
        {
            WriteOrDelete();
        }
    }

    // Writing and deleting take turns: SQLite has one writer at a time, and a second one that finds it busy waits far longer than the
    // write takes.
    private void WriteOrDelete()
    {
        _isDeleting = false;
        if (_waiting is { } commit)
        {
            _waiting = null;
            Write(commit);
        }
        else if (_deletedTo < _deleteTo)
        {
            _isDeleting = true;
            DeleteMessages(Math.Min(_deleteTo, _deletedTo + DeletionStep));
        }
    }
}
