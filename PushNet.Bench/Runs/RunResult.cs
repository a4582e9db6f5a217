using PushNet.Bench.Servers;

namespace PushNet.Bench.Runs;

/// <summary>What one run measured.</summary>
internal sealed record RunResult
{
    /// <summary>The server.</summary>
    public required string Server { get; init; }

    /// <summary>What the clients asked for.</summary>
    public required string Asks { get; init; }

    /// <summary>Connections asked for.</summary>
    public required int Connections { get; init; }

    /// <summary>Events sent per second.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>Deliveries per second if everything were delivered.</summary>
    public required double OfferedPerSecond { get; init; }

    /// <summary>Deliveries per second that were received.</summary>
    public required double DeliveredPerSecond { get; init; }

    /// <summary>Those of them that came compressed.</summary>
    public required double CompressedPerSecond { get; init; }

    /// <summary>Bytes per second that were received.</summary>
    public required double BytesPerSecond { get; init; }

    /// <summary>Bytes that an event takes on the wire, including the headers of frames.</summary>
    public double BytesPerDelivery => DeliveredPerSecond > 0 ? BytesPerSecond / DeliveredPerSecond : 0;

    /// <summary>Milliseconds from the scheduled sending to the receipt, 50th percentile.</summary>
    public required double P50Ms { get; init; }

    /// <summary>Latency, 99th percentile.</summary>
    public required double P99Ms { get; init; }

    /// <summary>Latency, 99.9th percentile.</summary>
    public required double P999Ms { get; init; }

    /// <summary>Latency of the game-state events alone, 99th percentile; null when none came that could be told apart.</summary>
    public required double? StateP99Ms { get; init; }

    /// <summary>The longest latency of a game-state event; null like <see cref="StateP99Ms"/>.</summary>
    public required double? StateMaxMs { get; init; }

    /// <summary>CPU seconds of the servers per second.</summary>
    public required double CpuCores { get; init; }

    /// <summary>The kernel's part of it.</summary>
    public required double KernelCores { get; init; }

    /// <summary>CPU seconds per second of what keeps the board, where that is not the server; null when nothing does.</summary>
    public required double? StoreCores { get; init; }

    /// <summary>CPU microseconds of the server per delivery.</summary>
    public double CpuMicrosecondsPerDelivery => DeliveredPerSecond > 0 ? CpuCores * 1e6 / DeliveredPerSecond : 0;

    /// <summary>Garbage collections of the server in the measured time.</summary>
    public required Collections Collections { get; init; }

    /// <summary>Resident bytes without connections.</summary>
    public required long RssEmpty { get; init; }

    /// <summary>Resident bytes with connections, before the feed.</summary>
    public required long RssConnected { get; init; }

    /// <summary>Resident bytes at the end of the measurement.</summary>
    public required long RssEnd { get; init; }

    /// <summary>Events that the server told it dropped.</summary>
    public required long Dropped { get; init; }

    /// <summary>
    /// Events that were neither delivered nor reported as dropped 10 s after the feed stopped. Null where prices are merged, because
    /// nobody knows how many there should be.
    /// </summary>
    public required long? Undelivered { get; init; }

    /// <summary>Events missing in the order of seq on the sampled connections.</summary>
    public required long Gaps { get; init; }

    /// <summary>Events that came twice or out of order on the sampled connections.</summary>
    public required long Repeats { get; init; }

    /// <summary>Events that came with different texts to two sampled connections.</summary>
    public required long Wrong { get; init; }

    /// <summary>Connections that ended.</summary>
    public required long Lost { get; init; }

    /// <summary>Seconds from the first connect to the last snapshot.</summary>
    public required double ConnectSeconds { get; init; }

    /// <summary>What the feed waited for and what was on disk; null when no acknowledgement was asked for.</summary>
    public required DurableResult? Durable { get; init; }

    /// <summary>
    /// Milliseconds that a server was behind the log at most, according to what each told once a second; null without a log.
    /// </summary>
    public required double? BehindMs { get; init; }
}
