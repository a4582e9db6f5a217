using PushNet.Actors.Clock;

namespace PushNet.Actors.Channels.Groups;

/// <summary>
/// How often key frames may come. Each costs every client in step about 650 bytes, so a storm of reconnects must not force more. Pure:
/// the time is passed in.
/// </summary>
internal sealed class KeyFramePace
{
    private const int Events = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Where events are few, a client would otherwise be out of step forever.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private Moment _lastAt = Moment.LongAgo;
    private long _since;

    /// <summary>True when another may come.</summary>
    public bool IsAllowed(Moment now) =>
        now - _lastAt is var passed && (passed >= LongestWait || (passed >= Interval && _since >= Events));

    /// <summary>A key frame comes.</summary>
    public void KeyFrame(Moment now) => (_lastAt, _since) = (now, 0);

    /// <summary>Events of the stream went out.</summary>
    public void Passed(int events) => _since += events;
}
