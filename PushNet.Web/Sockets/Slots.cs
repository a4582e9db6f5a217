using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Admission;

namespace PushNet.Web.Sockets;

/// <summary>Takes and gives back slots at the <see cref="ConnectionLimiter"/>; the one place that sees to it that none leaks.</summary>
internal sealed class Slots(IRequiredActor<ConnectionLimiter> limiter)
{
    /// <summary>Asks for a slot.</summary>
    /// <param name="peekOnly">True to learn the answer without taking one.</param>
    /// <param name="aborted">Ends the waiting; a slot that is granted afterwards is given back.</param>
    /// <param name="key">The cap of the key; null: none.</param>
    /// <param name="address">The cap of the address; null: none.</param>
    public async Task<SlotReply> Acquire(bool peekOnly, CancellationToken aborted, SlotShare? key = null, SlotShare? address = null)
    {
        var answer = limiter.ActorRef.Ask<SlotReply>(new AcquireSlot(peekOnly, key, address), Timeout.InfiniteTimeSpan);
        try
        {
            return await answer.WaitAsync(aborted);
        }
        catch (OperationCanceledException)
        {
            _ = GiveBack(answer);
            throw;
        }
    }

    private async Task GiveBack(Task<SlotReply> late)
    {
        if (await late is SlotGranted granted)
        {
            Release(granted.ConnectionId);
        }
    }

    /// <summary>Gives a slot back; again does nothing.</summary>
    public void Release(long connectionId) => limiter.ActorRef.Tell(new ReleaseSlot(connectionId), ActorRefs.NoSender);
}
