namespace PushNet.Web.Settings;

/// <summary>Section <c>fan-out</c>.</summary>
public sealed class FanOutOptions
{
    /// <summary>The most bytes in a batch.</summary>
    public int MaxBatchBytes { get; init; }

    /// <summary>The longest time that a flush waits.</summary>
    public TimeSpan MaxDelay { get; init; }

    /// <summary>The rest after a batch, as a multiple of the time it took.</summary>
    public double Rest { get; init; }

    /// <summary>Events that may wait in a publisher.</summary>
    public int MaxPendingEvents { get; init; }

    /// <summary>The longest time that sources wait for a publisher.</summary>
    public TimeSpan MaxHold { get; init; }
}
