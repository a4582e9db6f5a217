using Akka.Actor;

namespace PushNet.Actors.State;

/// <summary>Messages that an <see cref="IBoardKeeper"/> can't answer yet. Not thread-safe.</summary>
/// <param name="handle">Handles a message that was held, as if its sender had just sent it.</param>
internal sealed class HeldMessages(Action<object, IActorRef> handle)
{
    private readonly Queue<(object Message, IActorRef Sender)> _held = [];

    /// <summary>Holds a message.</summary>
    public void Add(object message, IActorRef sender) => _held.Enqueue((message, sender));

    /// <summary>Has all of them handled, each once. Some may be held again.</summary>
    public void Handle()
    {
        for (var count = _held.Count; count > 0; count--)
        {
            var (message, sender) = _held.Dequeue();
            handle(message, sender);
        }
    }
}
