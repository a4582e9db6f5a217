using Akka.Actor;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Actors.State;

/// <summary>
/// Holds the live snapshot and is the only writer of game state: applies groups of observations to the
/// <see cref="GameBoard"/>, encodes each event once, and publishes. Events go out at once; the acknowledgement to the
/// source is a step of its own behind it.
/// </summary>
public sealed partial class GameStateActor : UntypedActor, IWithTimers
{
    /// <summary>Its name below <c>/user</c>.</summary>
    public const string Name = "game-state";

    private static readonly TimeSpan EvictionInterval = TimeSpan.FromSeconds(5);

    private readonly GameBoard _board;
    private readonly PublishedBoard _published;
    private readonly FrameEncoder _encoder;
    private readonly TimeProvider _time;
    private readonly ILogger<GameStateActor> _log;
    private readonly Dictionary<IActorRef, PushChannel> _publishers = [];
    private readonly PushMetrics _metrics = PushMetrics.Of(Context.System);

    /// <summary>An actor with a board of its own.</summary>
    /// <param name="limits">What the board holds at most.</param>
    /// <param name="published">Where readers find the board.</param>
    /// <param name="encoder">Encodes the events.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For what went wrong.</param>
    /// <param name="journal">How the board is kept on disk; null: it is not.</param>
    public GameStateActor(
        BoardLimits limits, PublishedBoard published, FrameEncoder encoder, TimeProvider time, ILogger<GameStateActor> log, JournalSettings? journal = null) =>
        (_board, _published, _encoder, _time, _log, _journal) = (new GameBoard(limits), published, encoder, time, log, journal);

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private Moment Now => Moment.Now(_time);

    /// <inheritdoc />
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Evict), Evict.Instance, EvictionInterval);
        StartJournal();
    }

    /// <inheritdoc />
    protected override void OnReceive(object message) => Handle(message, Sender);

    private void Handle(object message, IActorRef sender)
    {
        if (_journal is not null && HandleDurably(message, sender))
        {
            return;
        }

        switch (message)
        {
            case ObserveGroup group:
                Take(group, sender);
                break;
            case GetSnapshot get:
                sender.Tell(Snapshot(get), ActorRefs.NoSender);
                break;
            case RegisterPublisher register:
                _publishers[register.Publisher] = register.Channel;
                break;
            case GetBoardStatus:
                sender.Tell(Status(), ActorRefs.NoSender);
                break;
            case StopWaiting:
                // Without a journal nobody waits.
                break;
            case StopBoard:
                sender.Tell(BoardStopped.Instance, ActorRefs.NoSender);
                break;
            case InspectGame inspect:
                sender.Tell(new GameInspected(_board.Inspect(inspect.GameId)), ActorRefs.NoSender);
                break;
            case RemoveGame remove:
                sender.Tell(Remove(remove.GameId), ActorRefs.NoSender);
                break;
            case Evict:
                _board.Evict(Now, Unkept);
                _published.Publish(_board.View());
                CommitSoon();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Take(ObserveGroup group, IActorRef sender)
    {
        try
        {
            Acknowledge(sender, group, Observe(group));
        }
        catch (Exception e)
        {
            // A source that waits for as long as it takes must hear of it too.
            sender.Tell(new Status.Failure(e), ActorRefs.NoSender);
            throw;
        }
    }

    private GroupReceipt Observe(ObserveGroup group)
    {
        var now = Now;
        var counts = ObservationCounts.None;
        var (errors, early) = (new List<LineError>(), new List<LineError>());
        var accepted = new List<Observation>(group.Lines.Count);
        var events = new List<EncodedEvent>(group.Lines.Count);
        foreach (var line in group.Lines)
        {
            var result = Apply(line, now, group);
            if (result.AheadMs is { } ahead && ahead <= group.MaxEarly.TotalMilliseconds)
            {
                early.Add(new LineError(line.Number, result.Error!));
                continue;
            }

            counts = counts.Plus(result.Verdict);
            Touch(group, line, result.Verdict);
            if (result.Error is { } error)
            {
                errors.Add(new LineError(line.Number, ControlCharacters.Replace(error)));
            }

            if (result.Verdict is Verdict.Applied or Verdict.Unchanged)
            {
                accepted.Add(line.Observation!);
            }

            foreach (var gameEvent in result.Events)
            {
                events.Add(_encoder.Encode(gameEvent));
            }
        }

        // First, so that whoever was told of an event finds it when reading.
        _published.Publish(_board.View());
        Publish(events, now);
        return new GroupReceipt(group.Lines[^1].Number, counts, errors) { Early = early, Accepted = new ObservationsAccepted(now, accepted) };
    }

    private ApplyResult Apply(ParsedLine line, Moment now, ObserveGroup group)
    {
        if (line.Observation is null)
        {
            return ApplyResult.Rejected(line.Error ?? "the line holds no observation");
        }

        try
        {
            return _board.Apply(line.Observation, now, group.IsDemo);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One observation that the board can't take must not cost the others of its group.
            LogApplyFailed(_log, e, line.Observation.GameId, group.Source);
            return ApplyResult.Rejected("the server failed on this observation; nothing was changed");
        }
    }

    private void Publish(List<EncodedEvent> events, Moment observedAt)
    {
        _metrics.Caused(events);
        foreach (var (publisher, channel) in _publishers)
        {
            var carried = channel.CarriesPrices ? events : events.FindAll(one => channel.Carries(one.Kind));
            if (carried.Count > 0)
            {
                publisher.Tell(new Publish(carried, observedAt), ActorRefs.NoSender);
            }
        }
    }

    private GameRemoved Remove(string gameId)
    {
        var now = Now;
        var result = _board.Remove(gameId, now, Unkept);
        _published.Publish(_board.View());
        Publish([.. result.Events.Select(_encoder.Encode)], now);
        CommitSoon();
        return new GameRemoved(result.Error);
    }

    private static void Settle(IActorRef source, GroupReceipt receipt)
    {
        // Before the receipt, so that who waited for the receipt knows that all was told.
        if (receipt.Accepted is { Observations.Count: > 0 } accepted)
        {
            Context.System.EventStream.Publish(accepted);
        }

        source.Tell(receipt, ActorRefs.NoSender);
    }

    // Also when memory runs out: whoever waits must hear of it, and others may need less.
    private object Snapshot(GetSnapshot get)
    {
        try
        {
            var games = get.PricesFor is { } group ? GamesWithPrices(group.Filter, get.MaxBytes) : _published.LiveGamesOf(_board.View());
            return new BoardSnapshot(games, Now.Ts, _board.Seq, get.PricesFor);
        }
        catch (Exception e)
        {
            LogSnapshotFailed(_log, e);
            return new SnapshotFailed(get.PricesFor, SnapshotFailed.ReasonOf(e));
        }
    }

    private GamesArray GamesWithPrices(EventFilter filter, long maxBytes) => FrameEncoder.EncodePricedGames(
        _board.LiveGames.Where(filter.Selects), game => _board.MarketsOf(game.GameId, filter.Selects), maxBytes);

    private BoardStatus Status() => new(
        _board.GameCount,
        _board.LiveGames.Count(),
        _board.CountSilentLive(Now),
        _board.OutcomeCount,
        _board.Seq)
    {
        Fault = _fault,
        IsThere = _journal is null || _hasBoard,
    };

    [LoggerMessage(1, LogLevel.Error, "The board failed on an observation of game {GameId} from {Source}; it was rejected")]
    private static partial void LogApplyFailed(ILogger log, Exception exception, string gameId, string source);

    [LoggerMessage(5, LogLevel.Error, "A snapshot could not be made")]
    private static partial void LogSnapshotFailed(ILogger log, Exception exception);

    private sealed record Evict
    {
        public static readonly Evict Instance = new();
    }
}
