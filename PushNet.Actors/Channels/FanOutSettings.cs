namespace PushNet.Actors.Channels;

/// <summary>
/// How a publisher paces and compresses its fan-out. Every value is explained, and has its default, in <c>hocon/pushnet.hocon</c>.
/// </summary>
public sealed record FanOutSettings
{
    /// <summary>The most events in a batch.</summary>
    public required int MaxBatchEvents { get; init; }

    /// <summary>The most bytes in a batch. A single event that is larger still goes out, alone.</summary>
    public required int MaxBatchBytes { get; init; }

    /// <summary>How long a flush waits at most for the healthy subscribers to write the batch before.</summary>
    public required TimeSpan MaxDelay { get; init; }

    /// <summary>How long the fan-out rests after a batch, as a multiple of the time that the batch took; never longer than 3 ms.</summary>
    public required double Rest { get; init; }

    /// <summary>Events that may be pending in the publisher before the oldest prices are dropped for everybody.</summary>
    public required int MaxPendingEvents { get; init; }

    /// <summary>The compression level of the stream of subscribers without a filter: 1 to 9.</summary>
    public required int CompressionLevel { get; init; }

    /// <summary>True when what is compressed is read back before it is sent.</summary>
    public required bool CompressionCanary { get; init; }
}
