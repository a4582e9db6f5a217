using PushNet.Actors.Clock;
using PushNet.Actors.Subscriptions;

namespace PushNet.Actors.Channels;

/// <summary>
/// Decides when snapshots that are made for one group alone are asked for. They are large, and the game state makes nothing else
/// meanwhile. So each group gets at most one per second, only one is made at a time over all groups, and a rest as long as it took
/// follows. The group that has waited longest is next. Pure and not thread-safe.
/// </summary>
internal sealed class OwnSnapshots
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<GroupKey, Demand> _demands = [];
    private Moment _notBefore = Moment.LongAgo;
    private Moment? _askedAt;

    /// <summary>Who waits for the next snapshot of any group.</summary>
    public IEnumerable<WaitingList> Waiting => _demands.Values.Select(demand => demand.Waiting);

    /// <summary>Who waits for the next snapshot of a group, to be added to.</summary>
    public WaitingList For(GroupKey group, Moment now)
    {
        if (!_demands.TryGetValue(group, out var demand))
        {
            demand = _demands[group] = new Demand { NotBefore = now };
        }

        if (demand.Waiting.IsEmpty)
        {
            demand.Since = now;
        }

        return demand.Waiting;
    }

    /// <summary>
    /// How long to wait before <see cref="Ask"/> gives a group. Zero or less means now; null when nobody waits or one is under way.
    /// </summary>
    public TimeSpan? TimeToWait(Moment now)
    {
        if (_askedAt is not null || _demands.Count == 0)
        {
            return null;
        }

        var soonest = _demands.Values.Where(demand => !demand.Waiting.IsEmpty).Select(demand => (Moment?)demand.NotBefore).Min();
        return soonest is { } at ? (at > _notBefore ? at : _notBefore) - now : null;
    }

    /// <summary>The group whose snapshot is to be asked for now; null for none.</summary>
    public GroupKey? Ask(Moment now)
    {
        if (TimeToWait(now) is not { } wait || wait > TimeSpan.Zero)
        {
            return null;
        }

        var (group, next) = _demands.Where(demand => !demand.Value.Waiting.IsEmpty && demand.Value.NotBefore <= now)
            .MinBy(demand => demand.Value.Since);
        next.NotBefore = now + Interval;
        _askedAt = now;
        return group;
    }

    /// <summary>The snapshot that was asked for has come.</summary>
    /// <returns>Who waited for it.</returns>
    public WaitingList Arrived(GroupKey group, Moment now)
    {
        var demand = _demands[group];
        (var waited, demand.Waiting) = (demand.Waiting, new WaitingList());
        _notBefore = now + (now - (_askedAt ?? now));
        _askedAt = null;
        foreach (var (idle, _) in _demands.Where(one => one.Value.Waiting.IsEmpty && one.Value.NotBefore <= now).ToList())
        {
            _demands.Remove(idle);
        }

        return waited;
    }

    /// <summary>A group's need for a snapshot.</summary>
    private sealed class Demand
    {
        public WaitingList Waiting { get; set; } = new();

        /// <summary>One second after the group's last snapshot was asked for.</summary>
        public Moment NotBefore { get; set; }

        /// <summary>When the first of those who wait arrived.</summary>
        public Moment Since { get; set; }
    }
}
