namespace PushNet.Web.Sockets;

/// <summary>
/// Lets one in at a time, in the order of asking. 20,000 connections have one and few ever wait for it. Without a waiter it is one
/// number, where a <see cref="SemaphoreSlim"/> is two objects and takes a lock. Must not be copied.
/// </summary>
internal struct Turn
{
    private int _askers;
    private SemaphoreSlim? _next;

    /// <summary>Takes the turn if nobody has it.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _askers, 1, 0) == 0;

    /// <summary>Waits for the turn.</summary>
    public Task TakeAsync() => Interlocked.Increment(ref _askers) == 1 ? Task.CompletedTask : Next().WaitAsync();

    /// <summary>Lets the next take it. The holder calls it once.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _askers) > 0)
        {
            Next().Release();
        }
    }

    private SemaphoreSlim Next() => LazyInitializer.EnsureInitialized(ref _next, () => new SemaphoreSlim(0));
}
