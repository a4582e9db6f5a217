namespace PushNet.Bench.Runs;

/// <summary>How long sources waited for the answers to their lines.</summary>
internal sealed record IngestResult
{
    /// <summary>Where the board was kept.</summary>
    public required string Store { get; init; }

    /// <summary>Lines in each request.</summary>
    public required int Lines { get; init; }

    /// <summary>Lines acknowledged per second.</summary>
    public required double LinesPerSecond { get; init; }

    /// <summary>Milliseconds from when a request was due to its answer, 50th percentile.</summary>
    public required double P50Ms { get; init; }

    /// <summary>The same, 99th percentile.</summary>
    public required double P99Ms { get; init; }

    /// <summary>CPU seconds of the server per second.</summary>
    public required double CpuCores { get; init; }

    /// <summary>CPU seconds per second of what keeps the board, where that is not the server.</summary>
    public required double StoreCores { get; init; }

    /// <summary>Requests that were refused, or of which lines were.</summary>
    public required long Refused { get; init; }
}
