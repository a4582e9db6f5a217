using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels.Groups;

/// <summary>When a group's events are compressed, and when a key frame comes.</summary>
public sealed class CompressedStreamTests : CompressedStreamTest
{
    [Fact]
    public void Nothing_is_compressed_for_one_alone_nor_where_nobody_takes_it()
    {
        var stream = Stream(sharing: 1);

        Assert.Null(Flush(stream, members: 1));
        Assert.Equal(0, Setup.Counts.Streams);
        Assert.NotNull(Flush(stream, members: 2));
        Assert.Equal(1, Setup.Counts.Streams);

        stream.Remove();
        Assert.Null(Flush(stream, members: 2));
        Assert.Equal(0, Setup.Counts.Streams);
    }

    [Fact]
    public void The_first_batch_is_a_key_frame_and_the_next_go_on_from_there()
    {
        var stream = Stream(sharing: 2);

        var (first, second) = (Flush(stream, events: 3)!, Flush(stream, events: 2)!);

        Assert.Equal((true, 0L, 3L), (first.IsKey, first.Begin, first.End));
        Assert.Equal((false, 3L, 5L), (second.IsKey, second.Begin, second.End));
        Assert.Equal((5, 1), (Setup.Counts.Events, Setup.Counts.KeyFrames));
    }

    [Fact]
    public void A_stream_that_begins_again_begins_with_a_key_frame_at_a_place_of_its_own()
    {
        var stream = Stream(sharing: 2);
        Flush(stream, events: 3);
        Flush(stream, members: 1);

        var again = Flush(stream)!;

        Assert.Equal((true, 3L), (again.IsKey, again.Begin));
    }

    [Fact]
    public void Somebody_out_of_step_is_given_a_key_frame_a_second_and_500_events_after_the_last()
    {
        var stream = Stream(sharing: 2);
        Flush(stream, events: 499);
        Flush(stream)!.Refuse();

        Now += Second - TimeSpan.FromTicks(1);
        Assert.False(Flush(stream)!.IsKey);
        Now += TimeSpan.FromTicks(1);
        Assert.True(Flush(stream)!.IsKey);
        Flush(stream)!.Refuse();

        // Fewer events take five seconds.
        Now += 5 * Second - TimeSpan.FromTicks(1);
        Assert.False(Flush(stream)!.IsKey);
        Now += TimeSpan.FromTicks(1);
        Assert.True(Flush(stream)!.IsKey);
    }

    [Fact]
    public void While_all_are_in_step_there_is_no_key_frame()
    {
        var stream = Stream(sharing: 2);
        Flush(stream);

        Now += 100 * Second;

        Assert.False(Flush(stream, events: 1000)!.IsKey);
        stream.Add(isInStep: true);
        Assert.False(Flush(stream)!.IsKey);
        stream.Add(isInStep: false);
        Assert.True(Flush(stream)!.IsKey);
    }

    [Fact]
    public void Where_nobody_is_in_step_nothing_is_compressed_until_the_next_key_frame()
    {
        var stream = Stream(sharing: 2);
        Flush(stream);
        var last = Flush(stream)!;
        last.Refuse();
        Assert.NotNull(Flush(stream));

        last = Flush(stream)!;
        last.Refuse();
        last.Refuse();

        Assert.Null(Flush(stream));
        Now += 5 * Second;
        Assert.True(Flush(stream)!.IsKey);
    }

    [Fact]
    public void Groups_with_a_filter_share_the_allowance_and_the_one_without_needs_none()
    {
        var setup = Given.Streams(allowed: 1);
        var (first, second, plain) = (Stream(2, setup), Stream(2, setup), Stream(2, setup, isPlainGroup: true));

        Assert.NotNull(Flush(first));
        Assert.Null(Flush(second));
        Assert.NotNull(Flush(plain));

        first.Dispose();
        Assert.NotNull(Flush(second));
    }

    [Fact]
    public void A_stream_that_does_not_read_back_ends_for_good_before_anything_of_it_is_sent()
    {
        var canary = new MessageInflater();
        var setup = Given.Streams(allowed: 1, canary: () => canary);
        var broken = Stream(2, setup);

        // A last block, which says that nothing follows.
        canary.Inflate([0x01]);
        Assert.Null(Flush(broken));
        Assert.Null(Flush(broken));

        Assert.Equal((1, 0), (setup.Counts.Broken, setup.Counts.Streams));
        canary = new MessageInflater();
        Assert.NotNull(Flush(Stream(2, setup)));
    }
}
