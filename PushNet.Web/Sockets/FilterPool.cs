using PushNet.Actors.Admission;

namespace PushNet.Web.Sockets;

/// <summary>
/// A number of different filters that may be in use at once, and how many of them one owner may use. Pure and not thread-safe.
/// </summary>
/// <param name="limit">Different filters at once; at least 1.</param>
/// <param name="share">The share of them that one owner may use: over 0, at most 1. It is always at least one filter.</param>
internal sealed class FilterPool(int limit, double share)
{
    private readonly int _most = Math.Max(1, (int)(limit * share));
    private readonly UseCounts<SharedFilter> _all = new();
    private readonly Dictionary<string, UseCounts<SharedFilter>> _byOwner = new(StringComparer.Ordinal);

    /// <summary>Takes a filter for a client.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="owners">The owners in whose names it is taken; each has a share.</param>
    /// <returns>Null when it is taken.</returns>
    public FilterRefused? TryTake(SharedFilter filter, IReadOnlyList<string> owners)
    {
        if (_all.Count >= limit && _all.Of(filter) == 0)
        {
            return new FilterRefused(limit, null);
        }

        if (owners.FirstOrDefault(
            owner => _byOwner.GetValueOrDefault(owner) is { } used && used.Count >= _most && used.Of(filter) == 0) is { } full)
        {
            return new FilterRefused(_most, full);
        }

        _all.Take(filter);
        foreach (var owner in owners)
        {
            if (!_byOwner.TryGetValue(owner, out var used))
            {
                used = _byOwner[owner] = new UseCounts<SharedFilter>();
            }

            used.Take(filter);
        }

        return null;
    }

    /// <summary>Gives back what was taken, in the same names.</summary>
    public void GiveBack(SharedFilter filter, IReadOnlyList<string> owners)
    {
        _all.GiveBack(filter);
        foreach (var owner in owners)
        {
            var used = _byOwner[owner];
            used.GiveBack(filter);
            if (used.Count == 0)
            {
                _byOwner.Remove(owner);
            }
        }
    }
}
