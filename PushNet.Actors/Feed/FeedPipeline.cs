using Akka;
using Akka.Actor;
using Akka.Streams.Dsl;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.Games;

namespace PushNet.Actors.Feed;

/// <summary>
/// The one way in for observations: parse, check, hand over in groups, wait for the acknowledgement. Back-pressure
/// reaches the source, because no more than a few groups are ever unacknowledged.
/// </summary>
public static class FeedPipeline
{
    /// <summary>Groups that may be on their way at once: enough that the next is applied while the one before is made safe.</summary>
    private const int UnacknowledgedGroups = 8;

    private static readonly TimeSpan AcknowledgementTimeout = TimeSpan.FromMinutes(1);

    /// <summary>From lines to receipts, in order; one receipt per group.</summary>
    /// <param name="gameState">The <see cref="GameStateActor"/>.</param>
    /// <param name="source">Told how fresh the source is and what becomes of its lines.</param>
    /// <param name="isDemo">True when the lines are made up for show.</param>
    public static Flow<IReadOnlyList<FeedLine>, GroupReceipt, NotUsed> Into(IActorRef gameState, SourceHealth source, bool isDemo = false) =>
        Flow.Create<IReadOnlyList<FeedLine>>()
            .Select(lines =>
            {
                source.Arrived(lines.Count);
                return new ObserveGroup(source.Name, isDemo, [.. lines.Select(FeedParser.Parse)]);
            })
            .SelectAsync(UnacknowledgedGroups, group => gameState.Ask<GroupReceipt>(group, AcknowledgementTimeout))
            .Select(receipt =>
            {
                source.Settled(receipt.Counts);
                return receipt;
            });
}
