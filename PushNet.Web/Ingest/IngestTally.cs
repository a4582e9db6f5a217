using PushNet.Actors.Games;

namespace PushNet.Web.Ingest;

/// <summary>Adds up the receipts of one body.</summary>
internal sealed class IngestTally
{
    private const int MaxErrors = 100;

    private readonly List<LineError> _errors = [];
    private ObservationCounts _counts;
    private long _lastLine;

    /// <summary>How far the body is acknowledged (contract section 5, <c>?acks=1</c>).</summary>
    public IngestAck Ack => new(_lastLine, _counts.Applied, _counts.Unchanged, _counts.Stale, _counts.Rejected);

    /// <summary>What became of the whole body.</summary>
    public IngestSummary Summary => new(_counts.Total, _counts.Applied, _counts.Unchanged, _counts.Stale, _counts.Rejected, _errors);

    public void Add(GroupReceipt receipt)
    {
        _lastLine = receipt.LastLine;
        _counts += receipt.Counts;
        _errors.AddRange(receipt.Errors.Take(MaxErrors - _errors.Count));
    }
}

/// <summary>One line of the answer with <c>?acks=1</c>.</summary>
internal sealed record IngestAck(long Acked, long Applied, long Unchanged, long Stale, long Rejected);

/// <summary>The answer; with <c>?acks=1</c> its last line.</summary>
internal sealed record IngestSummary(long Lines, long Applied, long Unchanged, long Stale, long Rejected, IReadOnlyList<LineError> Errors);
