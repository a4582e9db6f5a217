using Akka.Actor;
using PushNet.Actors.Channels;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;
using PushNet.Tests.Channels.Groups;

namespace PushNet.Tests.Channels;

/// <summary>A publisher whose clients take compressed frames, or some of them do.</summary>
public sealed class CompressedFanOutTests : PublisherTest
{
    private static readonly FanOutSettings Settings = Given.FanOut with { CompressionCanary = true };

    [Fact]
    public async Task Those_who_take_compressed_frames_get_them_and_the_others_of_the_group_plain_ones()
    {
        var publisher = await Publisher(PushChannel.Odds, Settings);
        InflatingSocket[] sockets = [await Enter(publisher, 0), await Enter(publisher, 0), await Enter(publisher, 0, shares: false)];

        await Flush(publisher, Given.Events(1, 50));

        await Eventually(() => Assert.All(sockets, socket => Assert.Equal([.. Texts(1, 50)], socket.Texts.Skip(2))));
        Assert.Equal([50, 50, 0], sockets.Select(socket => socket.Compressed));
    }

    [Fact]
    public async Task One_alone_gets_plain_frames()
    {
        var publisher = await Publisher(PushChannel.Odds, Settings);
        var alone = await Enter(publisher, 0);

        await Flush(publisher, Given.Events(1, 5));

        await Eventually(() => Assert.Equal([.. Texts(1, 5)], alone.Texts.Skip(2)));
        Assert.Equal(0, alone.Compressed);
    }

    [Fact]
    public async Task A_newcomer_gets_plain_frames_until_the_next_key_frame()
    {
        var publisher = await Publisher(PushChannel.Odds, Settings);
        var first = await Enter(publisher, 0);
        await Enter(publisher, 0);
        await Flush(publisher, Given.Events(1, 5));
        var newcomer = await Enter(publisher, 5);

        await Flush(publisher, Given.Events(6, 5));
        Assert.Equal((10, 0), (first.Compressed, newcomer.Compressed));

        Time.Advance(TimeSpan.FromSeconds(5));
        await Flush(publisher, Given.Events(11, 5));

        Assert.Equal((15, 5), (first.Compressed, newcomer.Compressed));
        Assert.Equal([.. Texts(6, 10)], newcomer.Texts.Skip(2));
    }

    [Fact]
    public async Task Who_comes_in_a_storm_is_in_step_at_once_with_a_snapshot_that_was_compressed_once_for_all()
    {
        var publisher = await Storm();
        await Flush(publisher, Given.Events(1, 5));

        var newcomer = Come(publisher);
        await Flush(publisher, Given.Events(6, 5));

        await Eventually(() => Assert.Equal([.. Texts(1, 10)], newcomer.Texts.Skip(2)));
        Assert.Contains("\"snapshot\"", newcomer.Texts[1], StringComparison.Ordinal);

        // Everything but the welcome.
        Assert.Equal(11, newcomer.Compressed);
        Assert.False(GameState.HasMessages);
    }

    [Fact]
    public async Task After_a_reset_of_the_board_nobody_enters_by_the_snapshot_before()
    {
        var publisher = await Storm();
        await Flush(publisher, Given.Events(1, 5));

        publisher.Tell(BoardResetMessage);
        var newcomer = Come(publisher);
        await Snapshot(publisher, 7);

        await Eventually(() => Assert.Contains("\"seq\":7", newcomer.Texts[1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_loses_events_reads_on_in_plain_frames()
    {
        var publisher = await Publisher(PushChannel.Odds, Settings, TimeProvider.System);
        await Enter(publisher, 0);
        var slow = await Enter(publisher, 0);
        await Flush(publisher, Given.Events(1, 5));
        slow.Stall(true);

        for (var first = 6; first < 1000; first += 100)
        {
            await Flush(publisher, Given.Events(first, 100, EventKind.ScoreChange));
        }

        slow.Stall(false);
        await Eventually(() => Assert.Contains("\"seq\":1005", slow.Texts[^1], StringComparison.Ordinal));
        Assert.Null(slow.Failure);
        Assert.Contains(slow.Texts, text => text.Contains("\"lagged\"", StringComparison.Ordinal));

        // The write in which it stalled was the last one that it read compressed.
        Assert.Equal(105, slow.Compressed);
    }

    private static object BoardResetMessage => Actors.State.BoardReset.Instance;

    private static IEnumerable<string> Texts(int first, int count) => Given.Events(first, count).Select(one => Frames.Text(one.Frame));

    /// <summary>A publisher that has given as many snapshots of the empty board as it gives in an instant, and two more.</summary>
    private async Task<IActorRef> Storm()
    {
        var publisher = await Publisher(PushChannel.Odds, Settings);
        for (var i = 0; i < 10; i++)
        {
            await Enter(publisher, 0);
        }

        return publisher;
    }

    private async Task<InflatingSocket> Enter(IActorRef publisher, long seq, bool shares = true)
    {
        var socket = Come(publisher, shares);
        await Snapshot(publisher, seq);
        await Eventually(() => Assert.Equal(2, socket.Texts.Count));
        return socket;
    }

    private static InflatingSocket Come(IActorRef publisher, bool shares = true)
    {
        var socket = new InflatingSocket(shares);
        publisher.Tell(new Join(1, socket, Subscription.Everything), ActorRefs.NoSender);
        return socket;
    }

    private async Task Flush(IActorRef publisher, params EncodedEvent[] events)
    {
        Publish(publisher, events);
        await AwaitAssertAsync(async () => Assert.Equal(0, (await Usage(publisher)).Pending));
    }
}
