using Akka;
using Akka.Actor;
using Akka.Streams.Dsl;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.State;

namespace PushNet.Actors.Feed;

/// <summary>
/// The one way in for observations: parse, check, hand over in groups, wait for the acknowledgement. Back-pressure
/// reaches the source, because only so many groups are ever unacknowledged.
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
    /// True when the source is just not read while the board can't be kept on disk; false: the flow fails then.
    /// </param>
    /// <param name="maxEarly">
    /// A line whose <c>ts </c> is no further ahead of the server's clock is told as early instead of rejected.
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
            .SelectAsync(UnacknowledgedGroups, group => gameState.Ask<LinesReceipt>(group, patience))
            .Select(receipt =>
            {
                source.Settled(receipt.Counts);
                return receipt;
            });
    }
}
