using PushNet.Actors.State;

namespace PushNet.Actors.Feed.Health;

/// <summary>The state of a source at one moment.</summary>
/// <param name="Name">The name of the feed. For a key that sends by HTTP: <c>http:</c> and the name of the key.</param>
/// <param name="Kind">demo, replay, nats or http.</param>
/// <param name="State">Whether it works.</param>
/// <param name="LastObservation">When its last line came, by the server's clock; null before the first.</param>
/// <param name="Age">How long ago that was, however the clock was set since; null before the first.</param>
/// <param name="Rate">Lines per second, over the last ten seconds.</param>
/// <param name="Counts">What became of its lines since the server started.</param>
/// <param name="Lag">Messages that wait in front of the server; null for a source that doesn't know.</param>
/// <param name="Failures">How often it broke since the server started.</param>
/// <param name="Error">Why it fails, for operators only: it may name files and addresses; null when it doesn't.</param>
/// <param name="Problem">What is wrong with it now, as a sentence for everybody; null when nothing is.</param>
public sealed record SourceReport(
    string Name,
    string Kind,
    SourceState State,
    DateTimeOffset? LastObservation,
    TimeSpan? Age,
    double Rate,
    ObservationCounts Counts,
    long? Lag,
    int Failures,
    string? Error,
    string? Problem)
{
    /// <summary>The kind of the keys that send by HTTP.</summary>
    public const string OfKeys = "http";

    /// <summary>Messages that were rejected and put where somebody can look at them; null when there were none.</summary>
    public long? Parked { get; init; }

    /// <summary>Messages that were rejected and could not be put there; null when there was no trouble with that.</summary>
    public long? Lost { get; init; }

    /// <summary>Several as one: the latest observation, the worst state, the longest lag, and the sums of the counts.</summary>
    /// <param name="name">What they are called together.</param>
    /// <param name="reports">At least one, all of one kind.</param>
    public static SourceReport Sum(string name, IReadOnlyCollection<SourceReport> reports) => new(
        name,
        reports.First().Kind,
        reports.Max(report => report.State),
        reports.Max(report => report.LastObservation),
        reports.Min(report => report.Age),
        reports.Sum(report => report.Rate),
        reports.Aggregate(ObservationCounts.None, (sum, report) => sum + report.Counts),
        reports.Max(report => report.Lag),
        reports.Sum(report => report.Failures),
        Error: null,
        Problem: null)
    {
        Parked = Total(reports.Select(report => report.Parked)),
        Lost = Total(reports.Select(report => report.Lost)),
    };

    // Null when none of them counts any.
    private static long? Total(IEnumerable<long?> counts) => counts.Aggregate((sum, count) => sum is null ? count : sum + (count ?? 0));
}
