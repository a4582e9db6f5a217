namespace PushNet.Actors.State;

/// <summary>When and for how long sources wait for the fan-out. Every value is explained in <c>hocon/pushnet.hocon</c>.</summary>
/// <param name="MaxHold">The longest time that sources wait until a publisher has sent everything once; zero when they never wait.</param>
/// <param name="MaxPendingEvents">Events that may wait in a publisher before its oldest prices are dropped.</param>
public sealed record HoldSettings(TimeSpan MaxHold, int MaxPendingEvents)
{
    /// <summary>No source waits.</summary>
    public static readonly HoldSettings None = new(TimeSpan.Zero, int.MaxValue);

    // One more group of each source may still come then, and a group holds up to 512 lines.
    private const int Share = 4;

    /// <summary>Events that may wait in a publisher before a source waits.</summary>
    public int Bound => MaxPendingEvents / Share;

    /// <summary>How many of these events may be of one source before that source waits.</summary>
    public int BoundOfSource => Bound / Share;
}
