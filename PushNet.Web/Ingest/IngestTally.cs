using System.Text.Json.Serialization;
using PushNet.Actors.State;

namespace PushNet.Web.Ingest;

/// <summary>Adds up the receipts of one body.</summary>
internal sealed class IngestTally
{
    private const int MaxErrors = 100;

    private readonly List<LineError> _errors = [];
    private readonly List<LineWarning> _warnings = [];
    private ObservationCounts _counts;
    private long _lastLine;

    /// <summary>How far the body is acknowledged (docs/feeding.md#acknowledgements-acks1).</summary>
    public IngestAck Ack => new(_lastLine, _counts.Applied, _counts.Unchanged, _counts.Stale, _counts.Rejected);

    /// <summary>What became of the whole body.</summary>
    /// <param name="fault">Why it was ended early; null when it was not.</param>
    public IngestSummary Summary(IngestFault? fault) => new(
        _counts.Total,
        _counts.Applied,
        _counts.Unchanged,
        _counts.Stale,
        _counts.Rejected,
        _errors,
        fault?.Status,
        fault?.Error,
        _warnings.Count > 0 ? _warnings : null);

    public void Add(LinesReceipt receipt)
    {
        _lastLine = receipt.LastLine;
        _counts += receipt.Counts;
        _errors.AddRange(receipt.Errors.Take(MaxErrors - _errors.Count));
        _warnings.AddRange(receipt.Warnings.Take(MaxErrors - _warnings.Count));
    }
}

/// <summary>One line of the answer with <c>?acks=1</c>.</summary>
internal sealed record IngestAck(long Acked, long Applied, long Unchanged, long Stale, long Rejected);

/// <summary>The answer; with <c>?acks=1</c> its last line.</summary>
/// <param name="Lines">All lines that were read.</param>
/// <param name="Applied">Lines that changed the board.</param>
/// <param name="Unchanged">Lines that changed nothing.</param>
/// <param name="Stale">Lines that came too late.</param>
/// <param name="Rejected">Lines that were wrong.</param>
/// <param name="Errors">Why, for the first of them.</param>
/// <param name="Status">
/// 400, 401 or 503 when the body was ended early, because an answer that began with 200 can't tell it. Otherwise left out.
/// </param>
/// <param name="Error">The reason, as a sentence; otherwise left out.</param>
/// <param name="Warnings">What the sender should know about the first accepted lines with a warning; left out when there is none.</param>
internal sealed record IngestSummary(
    long Lines,
    long Applied,
    long Unchanged,
    long Stale,
    long Rejected,
    IReadOnlyList<LineError> Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<LineWarning>? Warnings = null);
