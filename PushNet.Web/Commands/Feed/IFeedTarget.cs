using PushNet.Actors.Feed;
using PushNet.Web.Ingest;

namespace PushNet.Web.Commands.Feed;

/// <summary>Where the lines of a file are sent to.</summary>
internal interface IFeedTarget : IAsyncDisposable
{
    /// <summary>What became of lines, as the tool's summary says it.</summary>
    /// <param name="counts">Counts of all lines so far.</param>
    string Describe(FeedCounts counts);

    /// <summary>Sends lines and waits until they are taken.</summary>
    /// <param name="lines">Some lines, never none.</param>
    /// <returns>What became of them; the line numbers of its errors count from 1 within <paramref name="lines"/>.</returns>
    /// <exception cref="IOException">They could not be sent, or not all of them.</exception>
    Task<IngestSummary> SendAsync(IReadOnlyList<FeedLine> lines);
}
