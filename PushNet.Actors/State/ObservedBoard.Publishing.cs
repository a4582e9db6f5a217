using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Actors.State;

/// <summary>What others are told of the board.</summary>
internal sealed partial class ObservedBoard
{
    private readonly Dictionary<IActorRef, RegisterPublisher> _publishers = [];

    /// <summary>True while the board catches up with what others were told before: nobody is told anything.</summary>
    public bool IsSilent { get; set; }

    /// <summary>A publisher gets the events of its channel from now on.</summary>
    public void Register(RegisterPublisher register)
    {
        _publishers[register.Publisher] = register;
        hold.Watch(_publishers.Values.Select(publisher => publisher.Backlog).OfType<ChannelBacklog>());
    }

    /// <summary>The board has caught up: from now on everybody is told.</summary>
    public void Speak()
    {
        if (IsSilent)
        {
            IsSilent = false;
            Show([], Now);
            LogRecovered(log, board.GameCount, board.OutcomeCount, board.Seq);
        }
    }

    /// <summary>Tells the publishers that games may be as they were before.</summary>
    public void TellReset()
    {
        foreach (var publisher in _publishers.Keys)
        {
            publisher.Tell(BoardReset.Instance, ActorRefs.NoSender);
        }
    }

    private List<EncodedEvent> Encode(IReadOnlyList<GameEvent> events, List<EncodedEvent> to)
    {
        if (!IsSilent)
        {
            foreach (var gameEvent in events)
            {
                to.Add(encoder.Encode(gameEvent));
            }
        }

        return to;
    }

    private void Show(List<EncodedEvent> events, Moment observedAt)
    {
        if (!IsSilent)
        {
            // First, so that whoever was told of an event finds it when reading.
            published.Publish(board.View());
            Publish(events, observedAt);
        }
    }

    private void Publish(List<EncodedEvent> events, Moment observedAt)
    {
        _metrics.Caused(events);
        foreach (var (channel, publisher, backlog) in _publishers.Values)
        {
            var carried = channel.CarriesPrices ? events : events.FindAll(one => channel.Carries(one.Kind));
            if (carried.Count > 0)
            {
                backlog?.Told(carried.Count);
                publisher.Tell(new Publish(carried, observedAt), ActorRefs.NoSender);
            }
        }
    }
}
