namespace PushNet.Actors.Feed;

/// <summary>Where lines come from. The pipeline asks for the next group only when it can take it, so a source that is read slowly must simply wait.</summary>
public interface IFeedSource
{
    /// <summary>The name under which freshness is reported, for instance <c>demo</c>.</summary>
    string Name { get; }

    /// <summary>True when the lines are made up for show: their games leave the board early and are never kept on disk.</summary>
    bool IsDemo { get; }

    /// <summary>Reads from the beginning, as groups of lines that are due together (never empty).</summary>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<IReadOnlyList<FeedLine>> ReadAsync(CancellationToken cancellation);
}
