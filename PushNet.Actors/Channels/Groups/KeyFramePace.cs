using PushNet.Actors.Clock;

namespace PushNet.Actors.Channels.Groups;

/// <summary>
/// How often key frames may come. Each costs every client in step some 650 bytes, so a storm of reconnects must not force more. Pure:
/// the time comes in.
/// </summary>
internal sealed class KeyFramePace
{
    private const int Events = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Where there are few events a client would else be out of step for ever.
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
