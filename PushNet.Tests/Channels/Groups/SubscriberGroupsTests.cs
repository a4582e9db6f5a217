using Akka.TestKit;
using PushNet.Actors.Channels.Groups;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels.Groups;

public sealed class SubscriberGroupsTests : ActorTest
{
    private static readonly Subscription First = Given.Filtered(new EventFilter { Game = AnyOf.The("g1") });
    private static readonly Subscription FirstAgain = Given.Filtered(new EventFilter { Game = AnyOf.The("g1", "g1") });
    private static readonly Subscription Second = Given.Filtered(new EventFilter { Game = AnyOf.The("g2") });

    private readonly FrameEncoder _encoder = new();
    private readonly SubscriberGroups _groups;
    private Moment _now = Given.Now;
    private int _drained;

    public SubscriberGroupsTests() => _groups = new SubscriberGroups(Given.FanOut, _encoder, null, Given.Streams());

    [Fact]
    public async Task Subscribers_with_the_same_filter_share_one_batch_of_what_it_selects()
    {
        var (a, b, other, plain) = (Add(First), Add(FirstAgain), Add(Second), Add(Subscription.Everything));

        Tell(Goal(1, "g1"), Goal(2, "g2"), Goal(3, "g1"), Goal(4, "g3"));

        var batch = await a.ExpectMsgAsync<FrameBatch>();
        Assert.Same(batch, await b.ExpectMsgAsync<FrameBatch>());
        Assert.Equal([1L, 3L], Seqs(batch));
        Assert.Equal([2L], Seqs(await other.ExpectMsgAsync<FrameBatch>()));
        Assert.Equal([1L, 2L, 3L, 4L], Seqs(await plain.ExpectMsgAsync<FrameBatch>()));
        Assert.Equal(4, _encoder.EncodedEvents);
    }

    [Fact]
    public async Task A_flush_is_drained_when_those_who_got_something_have_written_it()
    {
        var (a, other) = (Add(First), Add(Second));

        Tell(Goal(1, "g1"));

        var batch = await a.ExpectMsgAsync<FrameBatch>();
        Assert.False(other.HasMessages);
        Assert.Equal(0, _drained);
        batch.Progress.Release();
        Assert.Equal(1, _drained);
    }

    [Fact]
    public void A_flush_of_which_nobody_gets_anything_is_drained_at_once()
    {
        Add(Second);

        Tell(Goal(1, "g1"));

        Assert.Equal(1, _drained);
    }

    [Fact]
    public async Task What_is_dropped_for_all_is_counted_for_each_group_by_its_filter()
    {
        var (a, b, other) = (Add(First), Add(First), Add(Second));

        _groups.Missed([Price(1, "g1"), Price(2, "g1"), Price(3, "g3")]);
        _groups.TellMissed(Given.Now);

        var lagged = await a.ExpectMsgAsync<GroupLagged>();
        Assert.Same(lagged, await b.ExpectMsgAsync<GroupLagged>());
        Assert.Contains("\"dropped\":2,\"dropped_by_type\":{\"price_change\":2}", Frames.Text(lagged.Frame));
        Assert.False(other.HasMessages);
    }

    [Fact]
    public async Task The_next_drop_is_told_after_a_second_and_the_soonest_wait_is_given()
    {
        var a = Add(First);
        Add(Second);
        _groups.Missed([Price(1, "g1")]);
        Assert.Null(_groups.TellMissed(Given.Now));
        await a.ExpectMsgAsync<GroupLagged>();

        _groups.Missed([Price(2, "g1")]);

        Assert.Equal(TimeSpan.FromSeconds(0.75), _groups.TellMissed(Given.Now + TimeSpan.FromSeconds(0.25)));
        Assert.Null(_groups.TellMissed(Given.Now + TimeSpan.FromSeconds(1)));
        await a.ExpectMsgAsync<GroupLagged>();
    }

    [Fact]
    public async Task In_a_conflated_group_state_passes_at_once_and_prices_are_merged_once_for_all_of_it()
    {
        var (a, b, plain) = (Add(Given.Conflated()), Add(Given.Conflated()), Add(Subscription.Everything));
        Tell(Price(1, "g1"));
        await a.ExpectMsgAsync<FrameBatch>();
        await b.ExpectMsgAsync<FrameBatch>();

        Tell(Price(2, "g1", 110m, 120m), Goal(3, "g1"), Price(4, "g1", 120m, 130m));

        Assert.Equal([3L], Seqs(await a.ExpectMsgAsync<FrameBatch>()));
        Assert.Equal(TimeSpan.FromMilliseconds(250), _groups.TimeToPrices(_now));
        _now += TimeSpan.FromMilliseconds(250);
        Tell();
        var merged = await a.ExpectMsgAsync<FrameBatch>();
        await b.ExpectMsgAsync<FrameBatch>();
        Assert.Same(merged, await b.ExpectMsgAsync<FrameBatch>());
        Assert.Contains("\"old_price\":110,\"new_price\":130,", Frames.Text(Assert.Single(merged.Events).Frame));
        Assert.Equal([1L], Seqs(await plain.ExpectMsgAsync<FrameBatch>()));
        Assert.Equal([2L, 3L, 4L], Seqs(await plain.ExpectMsgAsync<FrameBatch>()));
    }

    [Fact]
    public async Task What_is_dropped_for_all_is_merged_in_a_conflated_group_and_not_lost()
    {
        var a = Add(Given.Conflated());

        _groups.Missed([Price(1, "g1", 100m, 110m)]);
        Tell(Price(2, "g1", 110m, 120m));

        Assert.Null(_groups.TellMissed(_now));
        Assert.Contains(
            "\"old_price\":100,\"new_price\":120,", Frames.Text(Assert.Single((await a.ExpectMsgAsync<FrameBatch>()).Events).Frame));
    }

    [Fact]
    public void A_group_ends_with_its_last_subscriber()
    {
        var (a, b) = (Add(First), Add(First));
        _groups.Remove(a, First.Group);
        Assert.Equal((1, 1), (_groups.Count, _groups.GroupCount));

        _groups.Remove(b, First.Group);

        Assert.Equal((0, 0), (_groups.Count, _groups.GroupCount));
        Assert.Empty(_groups.Subscribers);
    }

    private TestProbe Add(Subscription subscription)
    {
        var probe = CreateTestProbe();
        _groups.Add(probe, subscription.Group);
        return probe;
    }

    private void Tell(params EncodedEvent[] events) => _groups.Tell(events, Place.End, _now, isLast: false, () => _drained++);

    private EncodedEvent Goal(long seq, string game) => _encoder.Encode(new ScoreChange(Given.Game(game), Given.NowMs, seq));

    private EncodedEvent Price(long seq, string game, decimal old = 100m, decimal @new = 110m) =>
        _encoder.Encode(Given.PriceOf(seq, Given.Game(game), old: old, @new: @new));

    private static IEnumerable<long> Seqs(FrameBatch batch) => batch.Events.Select(one => one.Seq);
}
