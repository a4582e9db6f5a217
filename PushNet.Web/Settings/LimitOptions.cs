namespace PushNet.Web.Settings;

/// <summary>Section <c>limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Connections over both channels.</summary>
    public int MaxConnections { get; init; }

    /// <summary>Connections of one address; 0: no cap.</summary>
    public int MaxConnectionsPerAddress { get; init; }

    /// <summary>Requests without a good key of one address in a minute; 0: no limit.</summary>
    public int MaxFailuresPerAddress { get; init; }

    /// <summary>True when the two limits above don't hold for peers on this machine.</summary>
    public bool SpareLoopback { get; init; }

    /// <summary>Events waiting per subscriber.</summary>
    public int QueueCapacity { get; init; }

    /// <summary>SO_SNDBUF in bytes.</summary>
    public int SocketSendBuffer { get; init; }

    /// <summary>How long games stay that are not live.</summary>
    public TimeSpan GameRetention { get; init; }

    /// <summary>The same for games of the demo.</summary>
    public TimeSpan DemoRetention { get; init; }

    /// <summary>Different filters at once.</summary>
    public int MaxFilters { get; init; }

    /// <summary>What one key, and one address, may use of them.</summary>
    public double FilterShare { get; init; }

    /// <summary>Bytes that all snapshots hold at once.</summary>
    public long MaxSnapshotBytes { get; init; }

    /// <summary>Games at once.</summary>
    public int MaxGames { get; init; }

    /// <summary>Outcomes at once.</summary>
    public int MaxOutcomes { get; init; }
}
