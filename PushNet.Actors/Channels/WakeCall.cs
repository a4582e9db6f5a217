using Akka.Actor;

namespace PushNet.Actors.Channels;

/// <summary>
/// Wakes a publisher with <see cref="Wake"/>. It has a timer of its own, because Akka's scheduler ticks every 10 ms, which is longer
/// than most flushes take.
/// </summary>
internal sealed class WakeCall : IDisposable
{
    private readonly IActorRef _publisher;
    private readonly ITimer _timer;
    private bool _isDue;

    public WakeCall(IActorRef publisher, TimeProvider time)
    {
        _publisher = publisher;
        _timer = time.CreateTimer(
            _ => publisher.Tell(Wake.Instance, ActorRefs.NoSender), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Wakes it behind what waits in its mailbox already: a flush takes long enough for many events to come, and they go out together.
    /// </summary>
    public void Soon()
    {
        if (!_isDue)
        {
            _isDue = true;
            _publisher.Tell(Wake.Instance, ActorRefs.NoSender);
        }
    }

    /// <summary>Wakes it after a time, or at once if that is over already.</summary>
    public void In(TimeSpan wait) => _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    /// <summary>The publisher is awake.</summary>
    public void Came() => _isDue = false;

    public void Dispose() => _timer.Dispose();

    /// <summary>The message.</summary>
    internal sealed record Wake
    {
        public static readonly Wake Instance = new();
    }
}
