using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>
/// Says goodbye to the subscribers of a channel, spread evenly over time, each with its own delay before it should come
/// back: a restart must not bring all clients back in one instant.
/// </summary>
internal sealed class FarewellPlan(IReadOnlyList<IActorRef> subscribers, Moment begin, Drain drain, FrameEncoder encoder)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ShortestReturn = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ReturnWindow = TimeSpan.FromSeconds(2);

    private int _said;

    /// <summary>What the clients are told.</summary>
    public string Reason => drain.Reason;

    /// <summary>Says the goodbyes that are due.</summary>
    /// <returns>How long to wait before the next; null when all are said.</returns>
    public TimeSpan? SayDue(Moment now)
    {
        var share = drain.Spread > TimeSpan.Zero ? (now - begin + Tick) / drain.Spread : 1;
        var due = Math.Min(subscribers.Count, (int)Math.Ceiling(subscribers.Count * share));
        for (; _said < due; _said++)
        {
            subscribers[_said].Tell(new Goodbye(encoder.Reconnect(Delay(), Reason), Reason), ActorRefs.NoSender);
        }

        return _said < subscribers.Count ? Tick : null;
    }

    private TimeSpan Delay()
    {
        var window = ReturnWindow + Drain.EvenSpread(subscribers.Count);
        return ShortestReturn + (window * Random.Shared.NextDouble());
    }
}
