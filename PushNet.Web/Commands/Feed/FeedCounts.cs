using PushNet.Web.Ingest;

namespace PushNet.Web.Commands.Feed;

/// <summary>What became of the lines of a file so far.</summary>
/// <param name="Lines">Lines sent.</param>
/// <param name="Applied">Lines that changed the board.</param>
/// <param name="Unchanged">Lines that changed nothing.</param>
/// <param name="Stale">Lines that came too late.</param>
/// <param name="Rejected">Lines that were wrong.</param>
internal readonly record struct FeedCounts(long Lines, long Applied, long Unchanged, long Stale, long Rejected)
{
    public FeedCounts Plus(IngestSummary part) =>
        new(Lines + part.Lines, Applied + part.Applied, Unchanged + part.Unchanged, Stale + part.Stale, Rejected + part.Rejected);
}
