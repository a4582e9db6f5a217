namespace PushNet.Web.Settings;

/// <summary>Section <c>operator.metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>An address for metrics alone; empty: none.</summary>
    public string Url { get; init; } = "";
}
