using PushNet.Actors.State;

namespace PushNet.Actors.Feed;

/// <summary>
/// Where lines come from. The pipeline asks for the next group only when it can take it, so a source that is read slowly must
/// simply wait.
/// </summary>
public interface IFeedSource
{
    /// <summary>True when the lines are made up for show: their games leave the board early and are never kept on disk.</summary>
    bool IsDemo { get; }

    /// <summary>
    /// How far ahead of the server's clock a line's <c>ts</c> may be without being rejected, because the source brings such a line again
    /// later.
    /// </summary>
    TimeSpan MaxEarly => TimeSpan.Zero;

    /// <summary>Reads lines from wherever the reading must begin, in groups of lines that are due together (never empty).</summary>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<IReadOnlyList<FeedLine>> ReadAsync(CancellationToken cancellation);

    /// <summary>A group is settled: what was applied of it will not be lost. Called in the order of the groups.</summary>
    /// <param name="receipt">What became of the group.</param>
    ValueTask AcknowledgeAsync(LinesReceipt receipt) => ValueTask.CompletedTask;
}
