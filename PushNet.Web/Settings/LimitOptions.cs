namespace PushNet.Web.Settings;

/// <summary>Section <c>limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Connections over both channels.</summary>
    public int MaxConnections { get; init; }

    /// <summary>Connections of one address; 0: no cap.</summary>
    public int MaxConnectionsPerAddress { get; init; }

    /// <summary>Requests of one address per minute that have no good key; 0: no limit.</summary>
    public int MaxFailuresPerAddress { get; init; }

    /// <summary>True when the two limits above don't apply to peers on this machine.</summary>
    public bool SpareLoopback { get; init; }

    /// <summary>Events that may wait per subscriber.</summary>
    public int QueueCapacity { get; init; }

    /// <summary>SO_SNDBUF in bytes.</summary>
    public int SocketSendBuffer { get; init; }

    /// <summary>How long games that are not live stay.</summary>
    public TimeSpan GameRetention { get; init; }

    /// <summary>The same for games of the demo.</summary>
    public TimeSpan DemoRetention { get; init; }

    /// <summary>Different filters at once.</summary>
    public int MaxFilters { get; init; }

    /// <summary>The share of them that one key or one address may use: over 0, at most 1.</summary>
    public double FilterShare { get; init; }

    /// <summary>Bytes that all snapshots together may hold.</summary>
    public long MaxSnapshotBytes { get; init; }

    /// <summary>Games at once.</summary>
    public int MaxGames { get; init; }

    /// <summary>Outcomes at once.</summary>
    public int MaxOutcomes { get; init; }
}
