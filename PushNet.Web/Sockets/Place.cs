namespace PushNet.Web.Sockets;

/// <summary>What a connection takes up while it is open: a slot, and its filter. Gives both back once.</summary>
/// <param name="connectionId">The slot.</param>
/// <param name="admission">Where the slot is from.</param>
/// <param name="filter">The use of its filter; null when that counts nothing.</param>
internal sealed class Place(long connectionId, Admission admission, IDisposable? filter) : IDisposable
{
    private int _left;

    public long ConnectionId => connectionId;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            filter?.Dispose();
            admission.Release(connectionId);
        }
    }
}
