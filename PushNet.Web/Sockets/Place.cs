using PushNet.Actors.Subscriptions;

namespace PushNet.Web.Sockets;

/// <summary>What a connection takes up while it is open: a slot, and its part of a group. Gives both back once.</summary>
internal sealed class Place(long connectionId, Admission admission, DistinctFilters filters, PushChannel channel, GroupKey group) : IDisposable
{
    private int _left;

    public long ConnectionId => connectionId;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            filters.Release(channel, group);
            admission.Release(connectionId);
        }
    }
}
