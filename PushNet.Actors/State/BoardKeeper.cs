using Akka.Actor;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.Telemetry;

namespace PushNet.Actors.State;

/// <summary>
/// Stands between a <see cref="GameStateActor"/> and its journal, on the actor's thread. It does with each message what
/// <see cref="Durability"/> says, and reacts to what happens to the journal.
/// </summary>
internal sealed partial class BoardKeeper : IBoardKeeper
{
    private readonly JournalSettings _settings;
    private readonly ObservedBoard _board;
    private readonly IActorContext _context;
    private readonly ITimerScheduler _timers;
    private readonly ILogger _log;
    private readonly PushMetrics _metrics;
    private readonly Durability _durability;
    private readonly JournalWriter _writer;
    private readonly IActorRef _journal;
    private readonly HeldMessages _held;

    /// <summary>Starts the journal as a child of the actor.</summary>
    /// <param name="settings">How the board is kept.</param>
    /// <param name="board">The board.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For what went wrong.</param>
    /// <param name="context">The actor's context.</param>
    /// <param name="timers">The actor's timers; all of them end when the server stops.</param>
    /// <param name="handle">Handles a message that was held, as if its sender had just sent it.</param>
    public BoardKeeper(
        JournalSettings settings,
        ObservedBoard board,
        TimeProvider time,
        ILogger log,
        IActorContext context,
        ITimerScheduler timers,
        Action<object, IActorRef> handle)
    {
        (_settings, _board, _log, _context, _timers, _held) = (settings, board, log, context, timers, new HeldMessages(handle));
        (_metrics, _durability) = (PushMetrics.Of(context.System), new Durability(settings));
        board.Changes = new UnwrittenChanges();
        _writer = new JournalWriter(settings, board, _durability, time, timers, _metrics);
        _journal = context.ActorOf(BoardJournalActor.Props(context.Self, settings), "journal");
        settings.Ownership.Lost.PipeTo(context.Self, success: () => BoardLost.Instance);
    }

    /// <inheritdoc />
    public string? Fault => _durability.Fault;

    /// <inheritdoc />
    public bool HasBoard => _durability.HasBoard;

    /// <summary>See <see cref="JournalWriter.Acknowledge"/>.</summary>
    public void Acknowledge(IActorRef source, ObserveLines group, LinesReceipt receipt) => _writer.Acknowledge(source, group, receipt);

    /// <summary>See <see cref="JournalWriter.CommitSoon"/>.</summary>
    public void CommitSoon() => _writer.CommitSoon();

    /// <inheritdoc />
    public bool Handle(object message, IActorRef sender)
    {
        switch (_durability.Of(message))
        {
            case Durability.Meaning.Hold:
                _held.Add(message, sender);
                return true;
            case Durability.Meaning.Refuse:
                sender.Tell(new Status.Failure(new BoardUnavailableException(_durability.WhyNot)), ActorRefs.NoSender);
                return true;
            default:
                return message is not ObserveLines && HandleOwn(message, sender);
        }
    }

    private bool HandleOwn(object message, IActorRef sender)
    {
        switch (message)
        {
            case Committed:
                _writer.OnCommitted();
                return true;
            case JournalWriter.CommitDue:
                _writer.OnCommitDue();
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
            case BoardLost:
                _timers.CancelAll();
                _context.Stop(_journal);
                Failed(new InvalidOperationException(BoardOwnership.WhyNot));
                _held.Handle();
                return true;
            case Terminated gone:
                if (_writer.WritesTo(gone.ActorRef))
                {
                    Failed(new InvalidOperationException("the journal stopped"));
                }

                return true;
            case StopWaiting:
                _durability.StopWaiting();
                _held.Handle();
                return true;
            case StopBoard:
                _durability.Stop();
                _held.Handle();
                _timers.CancelAll();
                _writer.Stop(sender);
                return true;
            default:
                return false;
        }
    }

    private void ImageDone(Exception? failure)
    {
        _durability.Saved();
        if (failure is not null)
        {
            LogNotSaved(_log, failure);
        }

        _writer.StopWhenDone();
    }

    private void Recovered(JournalRecovered recovered)
    {
        if (_durability.CanWrite)
        {
            Failed(new InvalidOperationException("the journal started anew"));
        }

        var wasRunning = HasBoard;
        _board.Restore(recovered.Image);
        _writer.Open(recovered);
        _durability.Recovered();
        _context.Watch(recovered.Writer);
        if (_settings.IsIncomplete)
        {
            // Once a snapshot holds what is left, the next start finds no gap.
            _writer.SaveSoon();
        }

        if (wasRunning)
        {
            _board.TellReset();
        }

        _held.Handle();
    }

    // What was applied but not written stays on the board until the board is read back. Its sender is told to send it again. If the
    // source can wait, it is held instead, and applied again before anything that comes later.
    private void Failed(Exception cause, BoardImage? image = null)
    {
        var isStarting = !HasBoard;
        if (isStarting && image is not null)
        {
            // The disk was full when the server started. It serves what it has, as it does when the disk fills while it runs.
            _board.Restore(image);
        }

        _durability.Failed(cause, isRead: image is not null);
        LogFailed(_log, cause);
        _metrics.JournalFailed();
        foreach (var (source, group, _) in _writer.Close())
        {
            Handle(group, source);
        }

        if (isStarting)
        {
            _held.Handle();
        }

        _writer.StopWhenDone();
    }

    private sealed record BoardLost
    {
        public static readonly BoardLost Instance = new();
    }

    [LoggerMessage(3, LogLevel.Error, "The board can't be kept on disk; no observation is acknowledged until it can")]
    private static partial void LogFailed(ILogger log, Exception cause);

    [LoggerMessage(4, LogLevel.Warning, "A snapshot of the board could not be written; the next one is tried later")]
    private static partial void LogNotSaved(ILogger log, Exception cause);
}
