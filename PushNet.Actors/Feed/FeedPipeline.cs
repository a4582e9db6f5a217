using Akka;
using Akka.Actor;
using Akka.Streams.Dsl;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.State;

namespace PushNet.Actors.Feed;

/// <summary>
/// The only way in for observations. Lines are parsed, checked, handed over in groups, and acknowledged. Back-pressure reaches the
/// source, because the number of unacknowledged groups is bounded.
/// </summary>
public static class FeedPipeline
{
    /// <summary>
    /// Groups that may be on their way at once. A lone line is a group, and a commit takes some tens of milliseconds: fewer would
    /// keep lines waiting to be applied until others are written.
    /// </summary>
    private const int UnacknowledgedGroups = 64;

    private static readonly TimeSpan AcknowledgementTimeout = TimeSpan.FromMinutes(1);

    /// <summary>From lines to receipts, in order; one receipt per group.</summary>
    /// <param name="gameState">The <see cref="GameStateActor"/>.</param>
    /// <param name="source">Told how fresh the source is and what becomes of its lines.</param>
    /// <param name="isDemo">True when the lines are made up for show.</param>
    /// <param name="canWait">
    /// True when the source is simply not read while the board can't be kept on disk. False when the flow fails then.
    /// </param>
    /// <param name="maxEarly">
    /// How far ahead of the server's clock a line's <c>ts</c> may be for the line to be told as early instead of rejected.
    /// </param>
    public static Flow<IReadOnlyList<FeedLine>, LinesReceipt, NotUsed> Into(
        IActorRef gameState, SourceHealth source, bool isDemo = false, bool canWait = false, TimeSpan maxEarly = default)
    {
        var patience = canWait ? Timeout.InfiniteTimeSpan : AcknowledgementTimeout;
        return Flow.Create<IReadOnlyList<FeedLine>>()
            .Select(lines =>
            {
                source.Arrived(lines.Count);
                return new ObserveLines(source.Name, isDemo, [.. lines.Select(FeedParser.Parse)])
                {
                    CanWait = canWait,
                    MaxEarly = maxEarly,
                };
            })
            .SelectAsync(UnacknowledgedGroups, group => AskAsync(gameState, group, patience))
            .Select(answer =>
            {
                var receipt = answer.Failure is { } failure ? throw failure : answer.Receipt!;
                source.Settled(receipt.Counts);
                return receipt;
            });
    }

    // A task that fails would be an error of the server in its log, with a trace, for each group that the board refuses.
    private static async Task<(LinesReceipt? Receipt, Exception? Failure)> AskAsync(
        IActorRef gameState, ObserveLines group, TimeSpan patience)
    {
        try
        {
            return (await gameState.Ask<LinesReceipt>(group, patience).ConfigureAwait(false), null);
        }
        catch (Exception e)
        {
            return (null, e);
        }
    }
}
