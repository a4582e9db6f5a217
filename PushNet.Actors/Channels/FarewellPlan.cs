using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>
/// Says goodbye to the subscribers of a channel, spread evenly over time, each with its own delay before it should come
/// back: a restart must not bring all clients back in one instant.
/// </summary>
internal sealed class FarewellPlan(IReadOnlyList<IActorRef> subscribers, Moment begin, TimeSpan spread, FrameEncoder encoder)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ShortestReturn = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ReturnWindow = TimeSpan.FromSeconds(2);

    private int _said;

    /// <summary>Says the goodbyes that are due.</summary>
    /// <returns>How long to wait before the next; null when all are said.</returns>
    public TimeSpan? SayDue(Moment now)
    {
        var share = spread > TimeSpan.Zero ? (now - begin + Tick) / spread : 1;
        var due = Math.Min(subscribers.Count, (int)Math.Ceiling(subscribers.Count * share));
        for (; _said < due; _said++)
        {
            subscribers[_said].Tell(new Goodbye(encoder.Reconnect(Delay(), "the server restarts")), ActorRefs.NoSender);
        }

        return _said < subscribers.Count ? Tick : null;
    }

    private TimeSpan Delay()
    {
        var window = ReturnWindow + TimeSpan.FromSeconds((double)subscribers.Count / Drain.ClientsPerSecond);
        return ShortestReturn + (window * Random.Shared.NextDouble());
    }
}
