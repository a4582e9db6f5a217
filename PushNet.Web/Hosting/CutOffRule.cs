using PushNet.Actors.Clock;
using PushNet.Actors.Log;
using PushNet.Actors.State;

namespace PushNet.Web.Hosting;

/// <summary>
/// When a server that does not follow the log gives its clients up, because another one does follow it. When none does, NATS is away for
/// all of them, and clients would be better off nowhere. Pure; not thread-safe.
/// </summary>
/// <param name="goodbyeAfter">How long the log may bring nothing until the clients are told to leave; 0: they never are.</param>
internal sealed class CutOffRule(TimeSpan goodbyeAfter)
{
    /// <summary>A server that is behind may be ready for as long.</summary>
    public static readonly TimeSpan MaxBehind = TimeSpan.FromSeconds(10);

    /// <summary>Another server follows the log until it has not said so for as long: it may be busy with the clients that came.</summary>
    public static readonly TimeSpan FollowerPatience = TimeSpan.FromSeconds(5);

    private Moment? _behindSince;
    private (string Name, Moment At)? _follower;

    /// <summary>True from when the clients are told to leave until the server follows the log again.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Why no clients should be sent here, as a sentence; null when they may be.</summary>
    public string? WhyNotReady { get; private set; }

    /// <summary>Judges.</summary>
    /// <param name="log">Where this server stands.</param>
    /// <param name="follower">Another server that is ready and follows the log; null when none says so.</param>
    /// <param name="haveSlotsLapsed">See <see cref="SharedSlots.HasLapsed"/>.</param>
    /// <param name="now">The moment it is.</param>
    public void Judge(LogStatus log, string? follower, bool haveSlotsLapsed, Moment now)
    {
        if (log.Standing == LogStanding.Ready && !haveSlotsLapsed)
        {
            (_behindSince, _follower, IsLeaving, WhyNotReady) = (null, null, false, null);
            return;
        }

        _behindSince = log.Standing == LogStanding.Behind ? _behindSince ?? now : null;
        _follower = follower is not null ? (follower, now) : now - _follower?.At < FollowerPatience ? _follower : null;
        var isCutOff = log.Standing == LogStanding.CutOff;
        var isTime = goodbyeAfter > TimeSpan.Zero && isCutOff && log.Silence >= goodbyeAfter;
        IsLeaving = haveSlotsLapsed || (_follower is not null && (IsLeaving || isTime));
        WhyNotReady = _follower is { Name: var name } && isCutOff
            ? $"this server has no word from the log, and {name} has: it is cut off from NATS"
            : _follower is { Name: var other } && now - _behindSince >= MaxBehind ? $"this server is behind the log, and {other} is not"
            : haveSlotsLapsed ? "this server was cut off from NATS, and others may have its connections"
            : IsLeaving ? "this server was cut off from NATS, and does not follow the log yet"
            : null;
    }
}
