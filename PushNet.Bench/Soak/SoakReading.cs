namespace PushNet.Bench.Soak;

/// <summary>What the server holds at one moment.</summary>
internal sealed record SoakReading
{
    /// <summary>The time since the beginning.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>True when no client was connected, so that what is held then is held for nobody.</summary>
    public required bool IsAtRest { get; init; }

    /// <summary>Resident bytes.</summary>
    public required long Rss { get; init; }

    /// <summary>Bytes of the managed heap in use after a full collection.</summary>
    public required long Heap { get; init; }

    /// <summary>Open files.</summary>
    public required int Descriptors { get; init; }

    /// <summary>Actors, from the user guardian down.</summary>
    public required int Actors { get; init; }

    /// <summary>Slots that the limiter counts as taken.</summary>
    public required int Slots { get; init; }

    /// <summary>Connections that joined so far.</summary>
    public required long Joined { get; init; }

    /// <summary>Connections that the server refused or ended so far.</summary>
    public required long Lost { get; init; }

    /// <summary>Events delivered so far.</summary>
    public required long Delivered { get; init; }

    /// <summary>Events that clients were told they lost so far.</summary>
    public required long Told { get; init; }

    /// <summary>Events that came to one client with another text than to another, so far.</summary>
    public required long Wrong { get; init; }

    /// <summary>Events that came to a client twice or out of order, so far.</summary>
    public required long Repeats { get; init; }

    /// <summary>
    /// Latency of what healthy clients were sent since the last reading, 99th percentile, in milliseconds; null when there were no clients.
    /// </summary>
    public required double? P99Ms { get; init; }
}
