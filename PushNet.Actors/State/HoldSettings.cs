namespace PushNet.Actors.State;

/// <summary>When and for how long sources wait for the fan-out. Every value is explained in <c>hocon/pushnet.hocon</c>.</summary>
/// <param name="MaxHold">How long sources wait at most until a publisher has sent everything once; zero: they never do.</param>
/// <param name="MaxPendingEvents">Events that may wait in a publisher before its oldest prices are dropped.</param>
public sealed record HoldSettings(TimeSpan MaxHold, int MaxPendingEvents)
{
    /// <summary>No source waits.</summary>
    public static readonly HoldSettings None = new(TimeSpan.Zero, int.MaxValue);

    // What may still come then is a group of each source, and a group holds up to 512 lines.
    private const int Share = 4;

    /// <summary>Events that may wait in a publisher before a source waits.</summary>
    public int Bound => MaxPendingEvents / Share;

    /// <summary>Events that a source may have among them and still need not wait.</summary>
    public int BoundOfSource => Bound / Share;
}
