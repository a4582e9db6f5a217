namespace PushNet.Actors.Channels;

/// <summary>How a publisher paces its fan-out. Every value is explained in <c>hocon/pushnet.hocon</c>.</summary>
public sealed record FanOutSettings
{
    /// <summary>Events in a batch at most.</summary>
    public int MaxBatchEvents { get; init; } = 256;

    /// <summary>Bytes in a batch at most; a single larger event still goes out, alone.</summary>
    public int MaxBatchBytes { get; init; } = 128 * 1024;

    /// <summary>How long a flush waits at most for the healthy subscribers to write the batch before.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the fan-out rests after a batch, as a multiple of the time that the batch took; never longer than 3 ms.</summary>
    public double Rest { get; init; } = 0.4;

    /// <summary>Events that may be pending in the publisher before the oldest prices are dropped for everybody.</summary>
    public int MaxPendingEvents { get; init; } = 4096;
}
