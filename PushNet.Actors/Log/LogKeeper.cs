using Akka.Actor;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Clock;
using PushNet.Actors.Journal;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Reading;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.Log.Sending;
using PushNet.Actors.State;

namespace PushNet.Actors.Log;

/// <summary>
/// Stands between a <see cref="GameStateActor"/> and the log, on the actor's thread. What comes to this server is sent to the log, and
/// the board takes what the log brings: the same on every server.
/// </summary>
internal sealed partial class LogKeeper : IBoardKeeper
{
    private const string IsStopping = "the server is stopping; send again later";

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly LogKeeping _keeping;
    private readonly ObservedBoard _board;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly IActorContext _context;
    private readonly ITimerScheduler _timers;
    private readonly LogSending _sending;
    private readonly LogReplica _replica;
    private readonly LogOutbox _outbox;
    private readonly LogHealth _health;
    private readonly LogDivergence _divergence;
    private readonly ImageDuty _images;
    private readonly LogDuties _duties;
    private readonly HeldMessages _held;
    private LogReading? _reading;
    private string _id = "";
    private long _end;
    private (long Sequence, int Times) _failed;
    private bool _hasStarted;
    private string? _refusal;
    private string? _unreadable;

    /// <summary>Begins to read the log.</summary>
    public LogKeeper(
        LogKeeping keeping,
        ObservedBoard board,
        TimeProvider time,
        ILogger log,
        IActorContext context,
        ITimerScheduler timers,
        Action<object, IActorRef> handle)
    {
        (_keeping, _board, _time, _log, _context, _timers) = (keeping, board, time, log, context, timers);
        _held = new HeldMessages(handle);
        _sending = new LogSending(keeping.Log, keeping.Stopping);
        _replica = new LogReplica(board);
        _outbox = new LogOutbox(_sending, keeping.Settings.IngestPatience, time);
        _health = new LogHealth(keeping.Settings, Now);
        _divergence = new LogDivergence(keeping.Settings.Name);
        _images = new ImageDuty(keeping, _replica, _health, _divergence, Send, time, context.Self);
        _duties = new LogDuties(keeping, _replica, _outbox, _health, _images, Send, time);
        _timers.StartPeriodicTimer(nameof(BeatDue), BeatDue.Instance, Beat);
        FindStart();
    }

    /// <inheritdoc />
    public string? Fault => _health.Fault(Now, _keeping.Log.Fault) ?? _divergence.Fault;

    /// <inheritdoc />
    public bool HasBoard => _hasStarted;

    /// <inheritdoc />
    public LogStatus Log => _health.Status(_replica.State.Sequence, Now);

    private Moment Now => Moment.Now(_time);

    // Why nothing can be sent to the log any more.
    private string? WhyNotTaken => _refusal ?? (_health.IsLost ? Fault : null);

    private bool HasFailedAtStart => _health.IsLost && !_hasStarted;

    /// <inheritdoc />
    public bool Handle(object message, IActorRef sender)
    {
        switch (message)
        {
            case ObserveLines or RemoveGame when WhyNotTaken is { } why:
                sender.Tell(new Status.Failure(new BoardUnavailableException(why)), ActorRefs.NoSender);
                return true;
            case ObserveLines or RemoveGame or GetBoardStatus when !_hasStarted && !HasFailedAtStart:
            case GetSnapshot when !_health.IsLevel && !_health.IsLost:
                _held.Add(message, sender);
                return true;
            case ObserveLines group:
                _outbox.Offer(new PendingGroup(sender, group));
                return true;
            case RemoveGame remove:
                _outbox.Offer(new OperatorTicket(sender), new RemoveEntry(0, 0, remove.GameId));
                return true;
            case StopWaiting:
                _outbox.IsHurried = true;
                _refusal = _hasStarted ? null : IsStopping;
                _held.Handle();
                return true;
            case StopBoard:
                _refusal = IsStopping;
                _duties.Stop(sender, _id);
                return true;
            default:
                return HandleOwn(message, sender);
        }
    }

    private bool HandleOwn(object message, IActorRef sender)
    {
        switch (message)
        {
            case LogReading.Brought brought:
                if (brought.From == _reading)
                {
                    Take(brought.Message);
                }

                brought.From.Taken();
                return true;
            case LogReading.Failed failed:
                if (failed.From == _reading)
                {
                    StartOver(failed.Cause);
                }

                return true;
            case BeatDue:
                _outbox.GiveUp(() => $"the log can't be written: {Fault ?? "NATS takes too long"}; send again what was not acknowledged");
                _outbox.RestartIfForgotten(_replica.State);
                _outbox.Send();
                _duties.OnBeat(_id);
                return true;
            case LogStart start:
                Begin(start);
                return true;
            case ImageDuty.Done done:
                if (done.Failure is { } failure)
                {
                    LogNoImage(_log, failure.Message);
                }

                _images.OnDone(done);
                return true;
            case ImageDuty.BeginningFound found:
                _images.OnBeginning(found, _id);
                return true;
            case StartFailed failed:
                CanNotStart(failed.Cause);
                return true;
            case FindAgain:
                FindStart();
                return true;
            default:
                return HandleOperator(message, sender) || HandleRepair(message);
        }
    }

    private void Send(LogEntry entry) => _sending.Send(LogEntryCodec.Write(entry with { Session = _outbox.Session }));

    private sealed record BeatDue
    {
        public static readonly BeatDue Instance = new();
    }

    [LoggerMessage(10, LogLevel.Warning, "An image of the board could not be written, and the next one is tried later: {Why}")]
    private static partial void LogNoImage(ILogger log, string why);
}
