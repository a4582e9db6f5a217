namespace PushNet.Web.Settings;

/// <summary>Section <c>ingest</c>.</summary>
public sealed class IngestOptions
{
    /// <summary>The longest silence of a body.</summary>
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>The silence of a key after which it is stale; 0 for never.</summary>
    public TimeSpan StaleAfter { get; init; }

    /// <summary>Bodies at once.</summary>
    public int MaxBodies { get; init; }

    /// <summary>Bodies of one key at once; 0: no cap.</summary>
    public int MaxBodiesPerKey { get; init; }
}
