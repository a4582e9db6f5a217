using System.Buffers;
using System.Text;
using PushNet.Actors.Channels.Groups;
using PushNet.Actors.Clock;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels.Groups;

/// <summary>When a group's events are compressed, and when a key frame comes.</summary>
public sealed class CompressedStreamTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly StreamSetup _setup = Given.Streams();
    private readonly SnapshotMemory _memory = new(SnapshotMemory.DefaultLimit, TimeProvider.System);
    private readonly List<IDisposable> _made = [];
    private Moment _now = Given.Now;
    private long _seq;

    public void Dispose() => _made.ForEach(one => one.Dispose());

    [Fact]
    public void Nothing_is_compressed_for_one_alone_nor_where_nobody_takes_it()
    {
        var stream = Stream(sharing: 1);

        Assert.Null(Flush(stream, members: 1));
        Assert.Equal(0, _setup.Counts.Streams);
        Assert.NotNull(Flush(stream, members: 2));
        Assert.Equal(1, _setup.Counts.Streams);

        stream.Remove();
        Assert.Null(Flush(stream, members: 2));
        Assert.Equal(0, _setup.Counts.Streams);
    }

    [Fact]
    public void The_first_batch_is_a_key_frame_and_the_next_go_on_from_there()
    {
        var stream = Stream(sharing: 2);

        var (first, second) = (Flush(stream, events: 3)!, Flush(stream, events: 2)!);

        Assert.Equal((true, 0L, 3L), (first.IsKey, first.Begin, first.End));
        Assert.Equal((false, 3L, 5L), (second.IsKey, second.Begin, second.End));
        Assert.Equal((5, 1), (_setup.Counts.Events, _setup.Counts.KeyFrames));
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

        _now += Second - TimeSpan.FromTicks(1);
        Assert.False(Flush(stream)!.IsKey);
        _now += TimeSpan.FromTicks(1);
        Assert.True(Flush(stream)!.IsKey);
        Flush(stream)!.Refuse();

        // Fewer events take five seconds.
        _now += 5 * Second - TimeSpan.FromTicks(1);
        Assert.False(Flush(stream)!.IsKey);
        _now += TimeSpan.FromTicks(1);
        Assert.True(Flush(stream)!.IsKey);
    }

    [Fact]
    public void While_all_are_in_step_there_is_no_key_frame()
    {
        var stream = Stream(sharing: 2);
        Flush(stream);

        _now += 100 * Second;

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
        _now += 5 * Second;
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

        // What says that nothing follows.
        canary.Inflate([0x01]);
        Assert.Null(Flush(broken));
        Assert.Null(Flush(broken));

        Assert.Equal((1, 0), (setup.Counts.Broken, setup.Counts.Streams));
        canary = new MessageInflater();
        Assert.NotNull(Flush(Stream(2, setup)));
    }

    [Fact]
    public void Newcomers_enter_at_a_snapshot_that_a_key_frame_follows()
    {
        var stream = Stream(sharing: 2);
        Assert.Null(stream.EntryAt(_now));
        Offer(stream, "first");

        var before = stream.EntryAt(_now)!.Since;
        var key = Flush(stream, events: 3)!;
        var (entry, next) = (stream.EntryAt(_now)!, Flush(stream, events: 2)!);

        Assert.True(before.Frames.IsEmpty);
        Assert.True(key.IsKey);
        using var newcomer = new InflatingSocket(sharesCompression: true);
        newcomer.WriteAsync(entry.Snapshot.Frame);
        newcomer.WriteAsync(entry.Since.Frames);
        newcomer.WriteAsync(next.Bytes);
        Assert.Equal(["first", .. Enumerable.Range(1, 5).Select(seq => Frames.Text(Given.Event(seq).Frame))], newcomer.Texts.Take(6));
        Assert.Equal(next.End, entry.Since.CompressedUpTo);
    }

    [Fact]
    public void A_snapshot_that_no_key_frame_may_follow_is_no_entry_and_an_old_one_ends_when_another_may()
    {
        var stream = Stream(sharing: 2);
        Offer(stream, "first");
        Flush(stream, events: 500);
        var entry = stream.EntryAt(_now);

        Offer(stream, "second");
        Assert.Same(entry, stream.EntryAt(_now));

        _now += Second;
        Assert.Null(stream.EntryAt(_now));
        Offer(stream, "third");
        Assert.NotSame(entry, stream.EntryAt(_now));
        Assert.True(Flush(stream)!.IsKey);
    }

    [Fact]
    public void The_key_frame_waits_for_the_snapshot_that_newcomers_wait_for_but_not_for_long()
    {
        var stream = Stream(sharing: 2);
        Flush(stream, events: 500);
        stream.Add(isInStep: false);
        _now += Second;
        Assert.Null(stream.EntryAt(_now));

        Assert.False(Flush(stream)!.IsKey);
        _now += TimeSpan.FromMilliseconds(499);
        Assert.Null(stream.EntryAt(_now));
        Assert.False(Flush(stream)!.IsKey);
        _now += TimeSpan.FromMilliseconds(1);
        Assert.True(Flush(stream)!.IsKey);
    }

    [Fact]
    public void An_entry_ends_with_a_loss_with_its_length_and_with_the_stream()
    {
        var stream = Stream(sharing: 2);
        Offer(stream, "first");
        Flush(stream);
        stream.CloseEntry();
        Assert.Null(stream.EntryAt(_now));

        _now += 5 * Second;
        Offer(stream, "second");
        for (var i = 0; stream.EntryAt(_now) is not null; i++)
        {
            Assert.InRange(i, 0, 100);
            Flush(stream, events: 1000);
        }

        _now += 5 * Second;
        Offer(stream, "third");
        Flush(stream, members: 1);
        Assert.Null(stream.EntryAt(_now));
        Assert.Equal(0, _memory.Taken);
    }

    [Fact]
    public void A_snapshot_for_whose_compressed_form_there_is_no_room_or_that_is_large_is_no_entry()
    {
        var stream = Stream(sharing: 2);
        Offer(stream, "first", new SnapshotMemory(1, TimeProvider.System));
        Offer(stream, new string('x', 1024 * 1024));

        Flush(stream);

        Assert.Null(stream.EntryAt(_now));
    }

    private CompressedStream Stream(int sharing, StreamSetup? setup = null, bool isPlainGroup = false)
    {
        var stream = new CompressedStream(setup ?? _setup, isPlainGroup);
        _made.Add(stream);
        for (var i = 0; i < sharing; i++)
        {
            stream.Add(isInStep: false);
        }

        return stream;
    }

    private CompressedBatch? Flush(CompressedStream stream, int events = 1, int members = 3)
    {
        var batch = Given.Events(_seq + 1, events);
        _seq += events;
        return stream.Compress(batch, members, new FanOutProgress(1, () => { }), _now);
    }

    private void Offer(CompressedStream stream, string text, SnapshotMemory? memory = null)
    {
        var frame = new ReadOnlySequence<byte>(WebSocketFrame.Text(Encoding.UTF8.GetBytes(text)));
        using var room = new SnapshotMemory(SnapshotMemory.DefaultLimit, TimeProvider.System).TryTake(frame.Length)!;
        stream.Offer(room.Fill(frame), memory ?? _memory, _now);
    }
}
