using HdrHistogram;

namespace PushNet.Bench.Load;

/// <summary>What the load client counts. Written by its one reading thread.</summary>
internal sealed class LoadStats
{
    private const long LongestMicroseconds = 120_000_000;

    /// <summary>Events delivered, on all connections.</summary>
    public long Delivered { get; set; }

    /// <summary>Those of them that came compressed.</summary>
    public long Compressed { get; set; }

    /// <summary>Events that came to a sampled connection with a different text than to an earlier one.</summary>
    public long Wrong { get; set; }

    /// <summary>What the sampled connections compare with.</summary>
    public SeenTexts Texts { get; } = new();

    /// <summary>Events that the server said it dropped.</summary>
    public long Dropped { get; set; }

    /// <summary>Bytes received.</summary>
    public long Bytes { get; set; }

    /// <summary>Connections in the stream.</summary>
    public long Joined { get; set; }

    /// <summary>Connections that ended.</summary>
    public long Lost { get; set; }

    /// <summary>Events that the seq of the sampled connections skipped.</summary>
    public long Skipped { get; set; }

    /// <summary>Dropped events that the sampled connections were told of.</summary>
    public long ToldOnSampled { get; set; }

    /// <summary>Events that were skipped on the sampled connections without being told; a drop may be told after its gap.</summary>
    public long Gaps => Math.Max(0, Skipped - ToldOnSampled);

    /// <summary>Events on the sampled connections that came again or out of order.</summary>
    public long Repeats { get; set; }

    /// <summary>From the scheduled time of sending to the receipt, in microseconds, on the sampled connections.</summary>
    public LongHistogram Latency { get; private set; } = new(LongestMicroseconds, 3);

    /// <summary>The same for game-state events alone; empty when the protocol does not tell them apart.</summary>
    public LongHistogram StateLatency { get; private set; } = new(LongestMicroseconds, 3);

    /// <summary>Starts new histograms.</summary>
    public void ResetLatency() => (Latency, StateLatency) = (new(LongestMicroseconds, 3), new(LongestMicroseconds, 3));

    public void RecordLatency(TimeSpan latency, bool isState)
    {
        var microseconds = Math.Clamp((long)latency.TotalMicroseconds, 1, LongestMicroseconds);
        Latency.RecordValue(microseconds);
        if (isState)
        {
            StateLatency.RecordValue(microseconds);
        }
    }
}
