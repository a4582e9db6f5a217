using Akka.Actor;
using PushNet.Actors.Channels;
using PushNet.Actors.State;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels;

/// <summary>What happens to clients that need a snapshot when there is no room for it, or when it can't be made.</summary>
public sealed class SnapshotRoomTests : PublisherTest
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    private readonly SnapshotMemory _memory;

    public SnapshotRoomTests() => _memory = new SnapshotMemory(2000, Time);

    [Fact]
    public async Task One_with_prices_is_asked_for_when_there_is_room_and_holds_none_when_it_is_written()
    {
        var publisher = await Publisher();
        var others = _memory.TryTake(1500)!;
        var socket = Join(publisher, subscription: Given.Priced);
        await Advance(publisher, Retry);
        await Advance(publisher, Retry);
        Assert.False(GameState.HasMessages);

        others.Dispose();
        await Advance(publisher, Retry);

        await Snapshot(publisher, 3);
        await Eventually(() => Assert.Equal(["welcome", "snapshot 3"], socket.Story));
        await Eventually(() => Assert.Equal(0, _memory.Taken));
    }

    [Fact]
    public async Task Who_joins_waits_in_line_until_there_is_room()
    {
        var publisher = await Publisher();
        var others = _memory.TryTake(1900)!;
        var socket = Join(publisher);
        await Snapshot(publisher, 3);
        await Advance(publisher, Retry);
        await Snapshot(publisher, 4);
        await Usage(publisher);
        Assert.Empty(socket.Story);

        others.Dispose();
        await Advance(publisher, Retry);
        await Snapshot(publisher, 5);

        await Eventually(() => Assert.Equal(["welcome", "snapshot 5"], socket.Story));
    }

    [Fact]
    public async Task Who_joins_when_there_is_little_room_is_given_the_last_snapshot_and_the_events_since()
    {
        var publisher = await Publisher();
        var first = Join(publisher);
        await Snapshot(publisher, 3);
        await Eventually(() => Assert.Equal(2, first.Messages.Count));
        Publish(publisher, Given.Event(4));
        await Eventually(() => Assert.Equal(3, first.Messages.Count));
        using var others = _memory.TryTake(1500);

        var second = Join(publisher);

        await Eventually(() => Assert.Equal(["welcome", "snapshot 3", "price_change 4"], second.Story));
        Assert.False(GameState.HasMessages);
    }

    [Fact]
    public async Task Who_holds_one_and_takes_nothing_is_cut_for_those_who_wait()
    {
        var publisher = await Publisher();
        using var others = _memory.TryTake(950);
        var stalled = new RecordingSocket { BytesTaken = 1 };
        stalled.Block();
        publisher.Tell(new Join(9, stalled, Given.Priced));
        await Snapshot(publisher, 3);
        await Eventually(() => Assert.Equal(["welcome"], stalled.Story));
        var waiting = Join(publisher, subscription: Given.Priced);

        for (var ms = 0; ms < 20_000 && !GameState.HasMessages; ms += 500)
        {
            await Advance(publisher, TimeSpan.FromMilliseconds(500));
        }

        await Snapshot(publisher, 4);
        await Eventually(() => Assert.Equal(["welcome", "snapshot 4"], waiting.Story));
        Assert.Equal(1, stalled.Aborts);
    }

    [Fact]
    public async Task When_one_can_not_be_made_everybody_who_waits_for_it_is_closed_and_who_comes_later_is_not()
    {
        var publisher = await Publisher();
        var asker = CreateTestProbe();
        var (one, other) = (Join(publisher, asker, Given.Priced), Join(publisher, asker, Given.Priced));
        var subscriber = CreateTestProbe();
        var healing = new RecordingSocket();
        publisher.Tell(new RequestHealing(subscriber, healing, Given.Priced));
        var request = await GameState.ExpectMsgAsync<GetSnapshot>();

        publisher.Tell(new SnapshotFailed(request.MadeFor, "no"), GameState);

        await Eventually(() => Assert.All([one, other, healing], socket => Assert.Equal([CloseCodes.TryAgainLater], socket.CloseCodes)));
        Assert.Equal(ActorRefs.Nobody, (await asker.ExpectMsgAsync<Joined>()).Subscriber);
        Assert.Equal(ActorRefs.Nobody, (await asker.ExpectMsgAsync<Joined>()).Subscriber);
        Assert.Equal(0, _memory.Taken);

        await Advance(publisher, TimeSpan.FromSeconds(1));
        var later = Join(publisher, subscription: Given.Priced);
        await Snapshot(publisher, 3);
        await Eventually(() => Assert.Equal(["welcome", "snapshot 3"], later.Story));
    }

    [Fact]
    public async Task When_a_frame_can_not_be_made_everybody_who_waits_for_it_is_closed()
    {
        var publisher = await Publisher(new SnapshotMemory(1000, Time));
        var socket = Join(publisher);

        await Snapshot(publisher, 3);

        await Eventually(() => Assert.Equal([CloseCodes.TryAgainLater], socket.CloseCodes));
        Assert.Equal(0, (await Usage(publisher)).Subscribers);
    }

    private async Task<IActorRef> Publisher(SnapshotMemory? memory = null)
    {
        var all = memory ?? _memory;
        var publisher = Sys.ActorOf(
            Props.Create(() => new PublisherActor(PushChannel.Odds, Given.FanOut, GameState, Time, all, null, null)));
        await GameState.ExpectMsgAsync<RegisterPublisher>();
        return publisher;
    }
}
