using Akka.Actor;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Actors.State;

/// <summary>
/// Holds the board and tells others what happens on it. Publishers get their events, each encoded once. Readers find the
/// <see cref="PublishedBoard"/>. Sources get receipts. It belongs to the <see cref="GameStateActor"/>.
/// </summary>
/// <param name="board">The board.</param>
/// <param name="published">Where readers find it.</param>
/// <param name="encoder">Encodes the events.</param>
/// <param name="time">The clock.</param>
/// <param name="log">For what went wrong.</param>
/// <param name="system">The actor system.</param>
/// <param name="hold">Told what the sources cause.</param>
internal sealed partial class ObservedBoard(
    GameBoard board, PublishedBoard published, FrameEncoder encoder, TimeProvider time, ILogger log, ActorSystem system, BurstHold hold)
{
    private readonly Dictionary<IActorRef, RegisterPublisher> _publishers = [];
    private readonly PushMetrics _metrics = PushMetrics.Of(system);

    /// <summary>The board itself.</summary>
    public GameBoard Board => board;

    /// <summary>Told what was accepted and what left; null when the board is not kept on disk.</summary>
    public UnwrittenChanges? Changes { get; set; }

    private Moment Now => Moment.Now(time);

    /// <summary>A publisher gets the events of its channel from now on.</summary>
    public void Register(RegisterPublisher register)
    {
        _publishers[register.Publisher] = register;
        hold.Watch(_publishers.Values.Select(publisher => publisher.Backlog).OfType<ChannelBacklog>());
    }

    /// <summary>Applies a group and publishes what it caused.</summary>
    /// <param name="group">The group.</param>
    /// <param name="at">When the board takes it. One clock is used for everything that the board is told.</param>
    public LinesReceipt Observe(ObserveLines group, Moment at)
    {
        var now = Now;
        var counts = ObservationCounts.None;
        var (errors, early) = (new List<LineError>(), new List<LineError>());
        var warnings = new List<LineWarning>();
        var accepted = new List<Observation>(group.Lines.Count);
        var events = new List<EncodedEvent>(group.Lines.Count);
        foreach (var line in group.Lines)
        {
            var result = Apply(line, at, group);
            if (result.AheadMs is { } ahead && ahead <= group.MaxEarly.TotalMilliseconds)
            {
                early.Add(new LineError(line.Number, result.Error!));
                continue;
            }

            counts = counts.Plus(result.Verdict);
            if (result.Verdict is Verdict.Applied or Verdict.Unchanged)
            {
                if (!group.IsDemo)
                {
                    Changes?.Touch(line.Observation!, result.Withdrawn);
                }

                accepted.Add(line.Observation!);
            }

            if (result.Error is { } error)
            {
                errors.Add(new LineError(line.Number, ControlCharacters.Replace(error)));
            }

            if (result.Warning is { } warning)
            {
                warnings.Add(new LineWarning(line.Number, ControlCharacters.Replace(warning)));
            }

            foreach (var gameEvent in result.Events)
            {
                events.Add(encoder.Encode(gameEvent));
            }
        }

        // First, so that whoever was told of an event finds it when reading.
        published.Publish(board.View());
        if (events.Count > 0)
        {
            hold.Tell(group.Source, events.Count, board.Seq, now);
        }

        Publish(events, now);
        return new LinesReceipt(group.Lines[^1].Number, counts, errors)
        {
            Early = early,
            Warnings = warnings,
            Accepted = new ObservationsAccepted(now, accepted),
        };
    }

    /// <summary>Acknowledges a group to its source.</summary>
    public void Settle(IActorRef source, LinesReceipt receipt)
    {
        // Before the receipt, so that whoever waited for the receipt knows that everybody was told.
        if (receipt.Accepted is { Observations.Count: > 0 } accepted)
        {
            system.EventStream.Publish(accepted);
        }

        source.Tell(receipt, ActorRefs.NoSender);
    }

    /// <summary>Takes a game off the board.</summary>
    public GameRemoved Remove(string gameId, Moment at)
    {
        var result = board.Remove(gameId, at, Left);
        published.Publish(board.View());
        Publish([.. result.Events.Select(encoder.Encode)], Now);
        return new GameRemoved(result.Error);
    }

    /// <summary>Removes games that are not live and have not been heard of for the retention time.</summary>
    public void Evict(Moment at)
    {
        var left = board.Evict(at, Left);
        published.Publish(board.View());
        Publish([.. left.Select(encoder.Encode)], Now);
    }

    /// <summary>A <see cref="BoardSnapshot"/>, or a <see cref="SnapshotFailed"/>.</summary>
    public object Snapshot(GetSnapshot get)
    {
        // This also catches a lack of memory: whoever waits must hear of it, and others may need less.
        try
        {
            var games = get.MadeFor is { } group ? GamesOf(group, get.MaxBytes) : published.LiveGamesOf(board.View());
            return new BoardSnapshot(games, Now.Ts, board.Seq, get.MadeFor) { Asides = board.Asides };
        }
        catch (Exception e)
        {
            LogSnapshotFailed(log, e);
            return new SnapshotFailed(get.MadeFor, SnapshotFailed.ReasonOf(e));
        }
    }

    /// <summary>How much the board holds.</summary>
    public BoardStatus Status() =>
        new(board.GameCount, board.LiveGameCount, board.CountSilentLive(Now), board.OutcomeCount, board.Seq)
        {
            MaxGames = board.MaxGames,
            Evicted = board.EvictedCount,
        };

    /// <summary>The board as it is now, to be kept.</summary>
    public BoardImage Image(bool isFinal) => board.Image(isFinal, Now);

    /// <summary>The board becomes what was read back.</summary>
    public void Restore(BoardImage image)
    {
        board.Restore(image, Now);
        published.Publish(board.View());
        LogRecovered(log, board.GameCount, board.OutcomeCount, board.Seq);
    }

    /// <summary>Tells the publishers that games may be as they were before.</summary>
    public void TellReset()
    {
        foreach (var publisher in _publishers.Keys)
        {
            publisher.Tell(BoardReset.Instance, ActorRefs.NoSender);
        }
    }

    private ApplyResult Apply(ParsedLine line, Moment at, ObserveLines group)
    {
        if (line.Observation is null)
        {
            return ApplyResult.Rejected(line.Error ?? "the line holds no observation");
        }

        try
        {
            return board.Apply(line.Observation, at, group.IsDemo, Left);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One observation that the board can't take must not cost the others of its group.
            LogApplyFailed(log, e, line.Observation.GameId, group.Source);
            return ApplyResult.Rejected("the server failed on this observation; nothing was changed");
        }
    }

    private void Publish(List<EncodedEvent> events, Moment observedAt)
    {
        _metrics.Caused(events);
        foreach (var (channel, publisher, backlog) in _publishers.Values)
        {
            var carried = channel.CarriesPrices ? events : events.FindAll(one => channel.Carries(one.Kind));
            if (carried.Count > 0)
            {
                backlog?.Told(carried.Count);
                publisher.Tell(new Publish(carried, observedAt), ActorRefs.NoSender);
            }
        }
    }

    private void Left(string gameId) => Changes?.Remove(gameId);

    private GamesArray GamesOf(GroupKey group, long maxBytes) => FrameEncoder.EncodeInBlocks(
        (group.HasAllGames ? board.Games : board.LiveGames).Where(group.Filter.Selects),
        group.HasPrices ? game => board.MarketsOf(game.GameId, group.Filter.Selects) : null,
        maxBytes);

    [LoggerMessage(1, LogLevel.Error, "The board failed on an observation of game {GameId} from {Source}; it was rejected")]
    private static partial void LogApplyFailed(ILogger log, Exception exception, string gameId, string source);

    [LoggerMessage(2, LogLevel.Information, "The board was read back: {Games} games, {Outcomes} outcomes, seq {Seq}")]
    private static partial void LogRecovered(ILogger log, int games, int outcomes, long seq);

    [LoggerMessage(5, LogLevel.Error, "A snapshot could not be made")]
    private static partial void LogSnapshotFailed(ILogger log, Exception exception);
}
