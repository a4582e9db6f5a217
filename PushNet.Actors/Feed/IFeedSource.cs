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
    /// A line whose <c>ts </c> is no further ahead of the server's clock than this is not rejected, because the source brings it
    /// again later.
    /// </summary>
    TimeSpan MaxEarly => TimeSpan.Zero;

    /// <summary>Reads from where it is to be read from, as groups of lines that are due together (never empty).</summary>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<IReadOnlyList<FeedLine>> ReadAsync(CancellationToken cancellation);

    /// <summary>A group is done with: what was applied of it will not be lost. Called in the order of the groups.</summary>
    /// <param name="receipt">What became of the group.</param>
    ValueTask AcknowledgeAsync(LinesReceipt receipt) => ValueTask.CompletedTask;
}
