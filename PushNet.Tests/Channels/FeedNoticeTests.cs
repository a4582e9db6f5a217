using Akka.Actor;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels;

/// <summary>Which subscribers are told that a source went stale, and when they are told (docs/protocol.md#feed).</summary>
public sealed class FeedNoticeTests : PublisherTest
{
    private static readonly Subscription WithDetails = Subscription.Everything with { Extras = Extras.Details };
    private static readonly StaleFeed Silent = new("nats", "stale", 1);

    private readonly FrameEncoder _encoder = new();

    [Fact]
    public async Task Those_who_follow_details_are_told_of_every_change_and_behind_their_snapshots_while_a_source_is_stale()
    {
        var publisher = await Publisher(PushChannel.Live);
        var (follower, other) = (Join(publisher, subscription: WithDetails), Join(publisher));
        await Snapshot(publisher, 1);
        await Eventually(() => Assert.Equal((2, 2), (follower.Messages.Count, other.Messages.Count)));

        Notify(publisher, Silent);
        await Eventually(() => Assert.Equal(["welcome", "snapshot", "feed"], TypesOf(follower)));

        var late = Join(publisher, subscription: WithDetails);
        await Snapshot(publisher, 1);
        await Eventually(() => Assert.Equal(["welcome", "snapshot", "feed"], TypesOf(late)));

        Notify(publisher);
        await Eventually(() => Assert.Equal(["welcome", "snapshot", "feed", "feed"], TypesOf(late)));
        var fresh = Join(publisher, subscription: WithDetails);
        await Snapshot(publisher, 1);
        await Eventually(() => Assert.Equal(["welcome", "snapshot"], TypesOf(fresh)));
        Assert.Equal(["welcome", "snapshot"], TypesOf(other));
    }

    private void Notify(IActorRef publisher, params StaleFeed[] stale) =>
        publisher.Tell(new FeedNotice(_encoder.Feed(stale, 1), stale.Length > 0), ActorRefs.NoSender);

    private static IEnumerable<string> TypesOf(RecordingSocket socket) => socket.Messages.Select(message => message.Type());
}
