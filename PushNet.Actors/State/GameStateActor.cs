using Akka.Actor;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Actors.State;

/// <summary>
/// Holds the live snapshot and is the only writer of game state. It applies groups of observations to the <see cref="GameBoard"/>,
/// encodes each event once, and publishes. Events go out at once. The acknowledgement to the source is a separate step behind that, and
/// with a journal it waits for the <see cref="BoardKeeper"/>. Another <see cref="IBoardKeeper"/> may apply observations by itself.
/// </summary>
public sealed class GameStateActor : UntypedActor, IWithTimers
{
    /// <summary>Its name below <c>/user</c>.</summary>
    public const string Name = "game-state";

    private static readonly TimeSpan EvictionInterval = TimeSpan.FromSeconds(5);

    private readonly BurstHold _hold;
    private readonly ObservedBoard _board;
    private readonly JournalSettings? _journal;
    private readonly BoardKeeping? _keeping;
    private readonly TimeProvider _time;
    private readonly ILogger<GameStateActor> _log;
    private BoardKeeper? _journaled;
    private IBoardKeeper? _keeper;

    /// <summary>An actor with a board of its own.</summary>
    /// <param name="limits">What the board holds at most.</param>
    /// <param name="published">Where readers find the board.</param>
    /// <param name="encoder">Encodes the events.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For what went wrong.</param>
    /// <param name="journal">How the board is kept on disk; null when it is not.</param>
    /// <param name="hold">When and for how long sources wait for the fan-out; null when they never do.</param>
    /// <param name="keeping">How the board is kept otherwise than by a journal; null when it is not.</param>
    public GameStateActor(
        BoardLimits limits,
        PublishedBoard published,
        FrameEncoder encoder,
        TimeProvider time,
        ILogger<GameStateActor> log,
        JournalSettings? journal = null,
        HoldSettings? hold = null,
        BoardKeeping? keeping = null)
    {
        _hold = new BurstHold(hold ?? HoldSettings.None, PushMetrics.Of(Context.System));
        _board = new ObservedBoard(new GameBoard(limits), published, encoder, time, log, Context.System, _hold);
        (_time, _log, _journal, _keeping) = (time, log, journal, keeping);
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private Moment Now => Moment.Now(_time);

    /// <inheritdoc />
    protected override void PreStart()
    {
        if (_keeping is not null)
        {
            _keeper = _keeping.Keep(_board, _time, _log, Context, Timers, Handle);
            return;
        }

        Timers.StartPeriodicTimer(nameof(Evict), Evict.Instance, EvictionInterval);
        if (_journal is not null)
        {
            _keeper = _journaled = new BoardKeeper(_journal, _board, _time, _log, Context, Timers, Handle);
        }
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ObserveLines group when _hold.TryHold(group, Sender, Now):
                TellWhenSpent();
                break;
            case Relieved or HoldSpent:
                ObserveHeld();
                break;
            case StopWaiting:
                _hold.Stop();
                ObserveHeld();
                Handle(message, Sender);
                break;
            default:
                Handle(message, Sender);
                break;
        }
    }

    private void Handle(object message, IActorRef sender)
    {
        if (_keeper is not null && _keeper.Handle(message, sender))
        {
            return;
        }

        switch (message)
        {
            case ObserveLines group:
                Observe(group, sender);
                break;
            case GetSnapshot get:
                sender.Tell(_board.Snapshot(get), ActorRefs.NoSender);
                break;
            case RegisterPublisher register:
                _board.Register(register);
                ObserveHeld();
                break;
            case GetBoardStatus:
                sender.Tell(
                    _board.Status() with { Fault = _keeper?.Fault, IsThere = _keeper?.HasBoard ?? true, Log = _keeper?.Log },
                    ActorRefs.NoSender);
                break;
            case StopWaiting:
                // Without a journal nobody waits.
                break;
            case StopBoard:
                sender.Tell(BoardStopped.Instance, ActorRefs.NoSender);
                break;
            case InspectGame inspect:
                sender.Tell(new GameInspected(_board.Board.Inspect(inspect.GameId)), ActorRefs.NoSender);
                break;
            case RemoveGame remove:
                var removed = _board.Remove(remove.GameId, Now);
                _journaled?.CommitSoon();
                sender.Tell(removed, ActorRefs.NoSender);
                break;
            case Evict:
                _board.Evict(Now);
                _journaled?.CommitSoon();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void ObserveHeld()
    {
        while (_hold.Release(Now) is var (group, sender))
        {
            Handle(group, sender);
        }

        TellWhenSpent();
    }

    private void TellWhenSpent()
    {
        if (_hold.TimeLeft(Now) is { } left)
        {
            Timers.StartSingleTimer(nameof(HoldSpent), HoldSpent.Instance, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    private void Observe(ObserveLines group, IActorRef sender)
    {
        try
        {
            var receipt = _board.Observe(group, Now);
            if (_journaled is null)
            {
                _board.Settle(sender, receipt);
            }
            else
            {
                _journaled.Acknowledge(sender, group, receipt);
            }
        }
        catch (Exception e)
        {
            // A source that waits as long as it takes must hear of it too.
            sender.Tell(new Status.Failure(e), ActorRefs.NoSender);
            throw;
        }
    }

    private sealed record HoldSpent
    {
        public static readonly HoldSpent Instance = new();
    }

    private sealed record Evict
    {
        public static readonly Evict Instance = new();
    }
}
