using Akka.Actor;
using PushNet.Actors.Admission;
using PushNet.Actors.Subscriptions;

namespace PushNet.Web.Sockets;

/// <summary>What a connection takes up while it is open: a slot, and its filter. Gives both back once.</summary>
/// <param name="limiter">The <see cref="ConnectionLimiter"/>, where the slot is from.</param>
/// <param name="connectionId">The slot.</param>
/// <param name="subscription">What the client asked for.</param>
/// <param name="filter">The use of its filter; null when that counts nothing.</param>
internal sealed class Place(IActorRef limiter, long connectionId, Subscription subscription, IDisposable? filter)
    : EntranceReply, IDisposable
{
    private int _left;

    public long ConnectionId => connectionId;

    public Subscription Subscription => subscription;

    /// <summary>Asks for a slot. When one is granted, the place that is made of it gives it back.</summary>
    /// <param name="limiter">The <see cref="ConnectionLimiter"/>.</param>
    /// <param name="asked">What for, and in whose names.</param>
    /// <param name="aborted">Ends the waiting; a slot that is granted afterwards is given back.</param>
    public static async Task<SlotReply> AcquireAsync(IActorRef limiter, AcquireSlot asked, CancellationToken aborted)
    {
        var answer = limiter.Ask<SlotReply>(asked, Timeout.InfiniteTimeSpan);
        try
        {
            return await answer.WaitAsync(aborted);
        }
        catch (OperationCanceledException)
        {
            _ = GiveBack(limiter, answer);
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            filter?.Dispose();
            Release(limiter, connectionId);
        }
    }

    private static async Task GiveBack(IActorRef limiter, Task<SlotReply> late)
    {
        if (await late is SlotGranted granted)
        {
            Release(limiter, granted.ConnectionId);
        }
    }

    private static void Release(IActorRef limiter, long connectionId) => limiter.Tell(new ReleaseSlot(connectionId), ActorRefs.NoSender);
}
