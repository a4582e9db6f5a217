namespace PushNet.Web.Settings;

/// <summary>Section <c>fan-out</c>.</summary>
public sealed class FanOutOptions
{
    /// <summary>Bytes of a batch at most.</summary>
    public int MaxBatchBytes { get; init; }

    /// <summary>The longest a flush waits.</summary>
    public TimeSpan MaxDelay { get; init; }

    /// <summary>The rest after a batch, as a multiple of the time it took.</summary>
    public double Rest { get; init; }

    /// <summary>Events waiting in a publisher.</summary>
    public int MaxPendingEvents { get; init; }

    /// <summary>How long sources wait for a publisher.</summary>
    public TimeSpan MaxHold { get; init; }
}
