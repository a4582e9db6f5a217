using PushNet.Actors.Subscriptions;

namespace PushNet.Web.Sockets;

/// <summary>
/// How many different things clients ask for at once. Every flush costs something for each, so there is a limit, and no key
/// and no address can use it up alone. A client that asks for everything is not counted.
/// </summary>
internal sealed class DistinctFilters
{
    // A share of the limit, on top of it.
    private const double Reserve = 0.1;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Channel, GroupKey Group), SharedFilter> _shared = [];
    private readonly FilterPool _pool;

    // For clients that look at one game, as the built-in page does. It works whatever others do with the same key.
    private readonly FilterPool _reserve;

    /// <summary>Filters of which none is in use yet.</summary>
    /// <param name="limit">The most at once, over both channels.</param>
    /// <param name="share">The share of it that one key or one address may use: over 0, at most 1.</param>
    public DistinctFilters(int limit, double share)
    {
        _pool = new FilterPool(limit, share);
        _reserve = new FilterPool(Math.Max(1, (int)(limit * Reserve)), share);
    }

    /// <summary>Takes what a client asks for.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="asked">What it asks for.</param>
    /// <param name="key">The id of its key.</param>
    /// <param name="address">Its address; null when the limits spare it.</param>
    public FilterReply Take(PushChannel channel, Subscription asked, string key, string? address)
    {
        if (asked.Group.IsPlain)
        {
            return new FilterTaken(asked, null);
        }

        lock (_gate)
        {
            // Extras make only a few groups of one filter, so they are not counted.
            var group = asked.Group with { Extras = Extras.None };
            var what = (channel.Name, group);
            var filter = _shared.GetValueOrDefault(what) ?? new SharedFilter(channel.Name, group);
            var (pool, owners) = (_pool, new[] { key, address }.OfType<string>().ToArray());
            var refused = pool.TryTake(filter, owners);
            if (refused is not null && LooksAtOneGame(asked.Group))
            {
                (pool, owners) = (_reserve, [address ?? key]);
                refused = pool.TryTake(filter, owners) is null ? null : refused;
            }

            if (refused is not null)
            {
                return refused;
            }

            _shared[what] = filter;
            filter.Clients++;
            return new FilterTaken(asked with { Filter = filter.Group.Filter }, new Use(this, filter, pool, owners));
        }
    }

    private static bool LooksAtOneGame(GroupKey group) =>
        !group.IsConflated && group.Filter == new EventFilter { Game = group.Filter.Game } && group.Filter.Game.Values.Count() == 1;

    private void Release(SharedFilter filter, FilterPool pool, string[] owners)
    {
        lock (_gate)
        {
            pool.GiveBack(filter, owners);
            if (--filter.Clients == 0)
            {
                _shared.Remove((filter.Channel, filter.Group));
            }
        }
    }

    private sealed class Use(DistinctFilters filters, SharedFilter filter, FilterPool pool, string[] owners) : IDisposable
    {
        public void Dispose() => filters.Release(filter, pool, owners);
    }
}
