using System.Collections.Concurrent;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Feed.Health;

/// <summary>Knows every source that was configured, or has sent something since the server started.</summary>
/// <param name="time">The server's clock.</param>
public sealed class SourceRegistry(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SourceHealth> _sources = new(StringComparer.Ordinal);

    /// <summary>The state of each source, in the order of their names.</summary>
    public IReadOnlyList<SourceReport> Reports =>
        [.. _sources.Values.Select(source => source.Report()).OrderBy(report => report.Name, StringComparer.Ordinal)];

    /// <summary>The same, with the keys as one: what they are called is for operators.</summary>
    public IReadOnlyList<SourceReport> ForEverybody =>
        [.. Reports.GroupBy(NameForEverybody).Select(group => SourceReport.Sum(group.Key, [.. group]))];

    /// <summary>Those whose data may be old. The keys are stale since the first of them fell silent, whatever the others send.</summary>
    public IReadOnlyList<StaleFeed> Stale => [.. Reports
        .Where(report => report.State is SourceState.Stale or SourceState.Failing)
        .GroupBy(NameForEverybody)
        .Select(group => new StaleFeed(
            group.Key,
            Words<SourceState>.Of(group.Max(report => report.State)),
            group.Min(report => report.LastObservation)?.ToUnixTimeMilliseconds()))];

    /// <summary>The source of this name, made when it is new.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">demo, replay, nats or http.</param>
    /// <param name="staleAfter">The silence after which it is stale; 0 for never.</param>
    public SourceHealth Of(string name, string kind, TimeSpan staleAfter) =>
        _sources.GetOrAdd(
            name, static (key, made) => new SourceHealth(key, made.kind, made.staleAfter, made.time), (kind, staleAfter, time));

    private static string NameForEverybody(SourceReport report) =>
        report.Kind == SourceReport.OfKeys ? SourceReport.OfKeys : report.Name;
}
