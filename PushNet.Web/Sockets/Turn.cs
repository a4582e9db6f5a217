namespace PushNet.Web.Sockets;

/// <summary>
/// One at a time, in the order of asking. What 20,000 connections have and few ever wait for: without a waiter it is one
/// number, where a <see cref="SemaphoreSlim"/> is two objects and takes a lock. Not to be copied.
/// </summary>
internal struct Turn
{
    private int _askers;
    private SemaphoreSlim? _next;

    /// <summary>Takes the turn if nobody has it.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _askers, 1, 0) == 0;

    /// <summary>Waits for the turn.</summary>
    public Task TakeAsync() => Interlocked.Increment(ref _askers) == 1 ? Task.CompletedTask : Next().WaitAsync();

    /// <summary>Lets the next take it. To be called once by who has it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _askers) > 0)
        {
            Next().Release();
        }
    }

    private SemaphoreSlim Next() => LazyInitializer.EnsureInitialized(ref _next, () => new SemaphoreSlim(0));
}
