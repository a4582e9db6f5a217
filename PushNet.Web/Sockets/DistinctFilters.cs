using PushNet.Actors.Admission;
using PushNet.Actors.Subscriptions;

namespace PushNet.Web.Sockets;

/// <summary>
/// How many different things clients ask for at once. Every flush costs something for each, so there is a limit; who asks
/// for everything counts nothing.
/// </summary>
/// <param name="limit">The most at once, over both channels.</param>
internal sealed class DistinctFilters(int limit)
{
    private readonly Lock _gate = new();
    private readonly UseCounts<(string Channel, GroupKey)> _uses = new();

    public int Limit => limit;

    /// <summary>Takes part in a group.</summary>
    /// <returns>False when it would be one thing too many.</returns>
    public bool TryTake(PushChannel channel, GroupKey group)
    {
        if (group.IsPlain)
        {
            return true;
        }

        lock (_gate)
        {
            var what = (channel.Name, group);
            if (_uses.Keys >= limit && _uses.Of(what) == 0)
            {
                return false;
            }

            _uses.Take(what);
            return true;
        }
    }

    /// <summary>Ends what <see cref="TryTake"/> began; once for each time it said yes.</summary>
    public void Release(PushChannel channel, GroupKey group)
    {
        lock (_gate)
        {
            _uses.GiveBack((channel.Name, group));
        }
    }
}
