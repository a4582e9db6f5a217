using System.Diagnostics.Metrics;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.Telemetry;

namespace PushNet.Web.Telemetry;

/// <summary>Shows what is known of every source whenever metrics are collected.</summary>
internal sealed class SourceMetrics
{
    private readonly SourceRegistry _sources;

    public SourceMetrics(SourceRegistry sources, IMeterFactory meters)
    {
        _sources = sources;
        var meter = meters.Create(PushMetrics.Name);
        meter.CreateObservableCounter("pushnet.observations", Observations, "{observation}",
            "Observations by what became of them: applied, unchanged, stale or rejected");
        meter.CreateObservableGauge(
            "pushnet.source.age", () => PerSource(source => source.Age?.TotalSeconds), "s", "Since the last observation of a source");
        meter.CreateObservableGauge("pushnet.source.degraded", () => PerSource<int>(source => source.Problem is null ? 0 : 1), "1",
            "1 for a source that fails or has been silent for too long");
        meter.CreateObservableGauge(
            "pushnet.source.lag", () => PerSource(source => source.Lag), "{message}", "Messages that wait in front of the server");
        meter.CreateObservableCounter(
            "pushnet.source.parked", () => PerSource(source => source.Parked), "{message}", "Messages that were rejected and parked");
        meter.CreateObservableCounter("pushnet.source.lost", () => PerSource(source => source.Lost), "{message}",
            "Messages that were rejected and could not be parked");
        meter.CreateObservableCounter(
            "pushnet.source.failures", () => PerSource<int>(source => source.Failures), "{failure}", "How often a source broke");
    }

    private IEnumerable<Measurement<T>> PerSource<T>(Func<SourceReport, T?> read)
        where T : struct =>
        _sources.Reports
            .Select(source => (source.Name, Value: read(source)))
            .Where(one => one.Value is not null)
            .Select(one => new Measurement<T>(one.Value!.Value, Tag(one.Name)));

    private IEnumerable<Measurement<long>> Observations() => _sources.Reports.SelectMany(source => new Measurement<long>[]
    {
        new(source.Counts.Applied, new("outcome", "applied"), Tag(source.Name)),
        new(source.Counts.Unchanged, new("outcome", "unchanged"), Tag(source.Name)),
        new(source.Counts.Stale, new("outcome", "stale"), Tag(source.Name)),
        new(source.Counts.Rejected, new("outcome", "rejected"), Tag(source.Name)),
    });

    private static KeyValuePair<string, object?> Tag(string source) => new("source", source);
}
