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
    private readonly PushMetrics _metrics = PushMetrics.Of(system);

    /// <summary>The board itself.</summary>
    public GameBoard Board => board;

    /// <summary>Told what was accepted and what left; null when the board is not kept on disk.</summary>
    public UnwrittenChanges? Changes { get; set; }

    /// <summary>
    /// The clock of everything that the board is told, when that is not the server's own; null when it is. Set for a board that is to be
    /// the same on several servers: what a source sent is never rejected then because this server failed on it.
    /// </summary>
    public Func<Moment>? SharedClock { get; set; }

    /// <summary>Told what became of everything; null when no other server has the same board.</summary>
    public BoardDigest? Digest { get; set; }

    private Moment Now => Moment.Now(time);

    private Moment BoardNow => SharedClock?.Invoke() ?? Now;

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
            Digest?.Take(result.Verdict, result.Events);
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

            Encode(result.Events, events);
        }

        if (events.Count > 0 && !IsSilent)
        {
            hold.Tell(group.Source, events.Count, board.Seq, now);
        }

        Show(events, now);
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
        Digest?.Take(result.Verdict, result.Events);
        Show(Encode(result.Events, []), Now);
        return new GameRemoved(result.Error);
    }

    /// <summary>Removes games that are not live and have not been heard of for the retention time.</summary>
    public void Evict(Moment at)
    {
        var left = board.Evict(at, Left);
        Digest?.Take(Verdict.Applied, left);
        Show(Encode(left, []), Now);
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
        new(board.GameCount, board.LiveGameCount, board.CountSilentLive(BoardNow), board.OutcomeCount, board.Seq)
        {
            MaxGames = board.MaxGames,
            Evicted = board.EvictedCount,
        };

    /// <summary>The board as it is now, to be kept.</summary>
    public BoardImage Image(bool isFinal) => board.Image(isFinal, BoardNow);

    /// <summary>The board becomes what was read back.</summary>
    public void Restore(BoardImage image)
    {
        board.Restore(image, BoardNow, isExact: SharedClock is not null);
        Show([], Now);
        if (!IsSilent)
        {
            LogRecovered(log, board.GameCount, board.OutcomeCount, board.Seq);
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
        catch (Exception e) when (e is not OutOfMemoryException && SharedClock is null)
        {
            // One observation that the board can't take must not cost the others of its group.
            LogApplyFailed(log, e, line.Observation.GameId, group.Source);
            return ApplyResult.Rejected("the server failed on this observation; nothing was changed");
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
