using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace PushNet.Actors.State;

/// <summary>How a board is kept otherwise than by a journal.</summary>
public abstract class BoardKeeping
{
    private protected BoardKeeping()
    {
    }

    /// <summary>Makes the keeper of an actor.</summary>
    /// <param name="board">The board.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For what went wrong.</param>
    /// <param name="context">The actor's context.</param>
    /// <param name="timers">The actor's timers.</param>
    /// <param name="handle">Handles a message that was held, as if its sender had just sent it.</param>
    internal abstract IBoardKeeper Keep(
        ObservedBoard board,
        TimeProvider time,
        ILogger log,
        IActorContext context,
        ITimerScheduler timers,
        Action<object, IActorRef> handle);
}
