using PushNet.Actors.Feed.Health;
using PushNet.Actors.Games;

namespace PushNet.Web.Operators.Commands;

/// <summary>Looks at where observations come from.</summary>
internal static class SourceCommands
{
    public static readonly OperatorCommand List = new(
        "feed list",
        "Lists the sources: whether they work, how fresh they are, what became of their observations, and why one fails.",
        (services, _) => Task.FromResult<object>(services.GetRequiredService<SourceRegistry>().Reports.Select(Row).ToList()));

    private static SourceRow Row(SourceReport source) => new(
        source.Name,
        source.Kind,
        Words<SourceState>.Of(source.State),
        source.Age is { } age ? Math.Round(age.TotalSeconds, 1) : null,
        source.Rate,
        source.Counts.Applied,
        source.Counts.Unchanged,
        source.Counts.Stale,
        source.Counts.Rejected,
        source.Parked,
        source.Lost,
        source.Lag,
        source.Failures,
        source.Error);

    /// <summary>A source.</summary>
    /// <param name="Source">Its name.</param>
    /// <param name="Kind">demo, replay, nats or http.</param>
    /// <param name="State">waiting, running, stale, failing or ended.</param>
    /// <param name="AgeS">Seconds since its last observation; null before the first.</param>
    /// <param name="Rate">Lines per second, over the last ten seconds.</param>
    /// <param name="Applied">Observations that changed the board.</param>
    /// <param name="Unchanged">Those that changed nothing.</param>
    /// <param name="Stale">Those that came too late.</param>
    /// <param name="Rejected">Those that were wrong.</param>
    /// <param name="Parked">Messages that were rejected and put where somebody can look at them; null when there were none.</param>
    /// <param name="Lost">Messages that were rejected and could not be put there; null when there was no trouble with that.</param>
    /// <param name="Lag">Messages that wait in front of the server; null for a source that doesn't know.</param>
    /// <param name="Failures">How often it broke.</param>
    /// <param name="Error">Why it fails; null when it doesn't.</param>
    private sealed record SourceRow(
        string Source,
        string Kind,
        string State,
        double? AgeS,
        double Rate,
        long Applied,
        long Unchanged,
        long Stale,
        long Rejected,
        long? Parked,
        long? Lost,
        long? Lag,
        int Failures,
        string? Error);
}
