namespace PushNet.Web.Settings;

/// <summary>Section <c>operator</c>.</summary>
public sealed class OperatorOptions
{
    /// <summary>An address of this machine; empty: none.</summary>
    public string Url { get; init; } = "";

    /// <summary>Metrics for other machines.</summary>
    public MetricsOptions Metrics { get; init; } = new();
}
