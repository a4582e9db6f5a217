using Akka.Actor;
using Akka.TestKit;
using PushNet.Actors.Channels;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels;

/// <summary>A publisher between a game state that the test plays and sockets that record.</summary>
public abstract class PublisherTest : ActorTest
{
    private readonly FrameEncoder _encoder = new();
    private long _connections;

    private protected PublisherTest() => GameState = CreateTestProbe();

    private protected TestProbe GameState { get; }

    private protected async Task<IActorRef> Publisher(PushChannel channel, FanOutSettings? settings = null, TimeProvider? time = null)
    {
        var publisher = Sys.ActorOf(
            Props.Create(() => new PublisherActor(channel, settings ?? Given.FanOut, GameState, time ?? Time)), channel.Name);
        Assert.Equal(publisher, (await GameState.ExpectMsgAsync<RegisterPublisher>()).Publisher);
        return publisher;
    }

    private protected RecordingSocket Join(IActorRef publisher, IActorRef? replyTo = null, Subscription? subscription = null)
    {
        var socket = new RecordingSocket();
        publisher.Tell(new Join(++_connections, socket, subscription ?? Subscription.Everything), replyTo ?? ActorRefs.NoSender);
        return socket;
    }

    private protected async Task Snapshot(IActorRef publisher, long seq)
    {
        var request = await GameState.ExpectMsgAsync<GetSnapshot>();
        publisher.Tell(new BoardSnapshot(_encoder.EncodeGames([]), 1, seq, request.MadeFor), GameState);
    }

    private protected async Task<RecordingSocket> Joined(IActorRef publisher, long seq)
    {
        var socket = Join(publisher);
        await Snapshot(publisher, seq);
        await Eventually(() => Assert.Equal(2, socket.Messages.Count));
        return socket;
    }

    private protected static void Publish(IActorRef publisher, params EncodedEvent[] events) =>
        publisher.Tell(new Publish(events, Given.Now), ActorRefs.NoSender);

    private protected Task Eventually(Action assertion) =>
        AwaitAssertAsync(assertion, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(5));

    /// <summary>
    /// Moves time on when the publisher is done with what it was sent and has set its timer, which it does after a message to itself.
    /// </summary>
    private protected async Task Advance(IActorRef publisher, TimeSpan time)
    {
        await Usage(publisher);
        await Usage(publisher);
        Time.Advance(time);
    }

    private protected static Task<ChannelUsage> Usage(IActorRef publisher) => publisher.Ask<ChannelUsage>(new GetChannelUsage());
}
