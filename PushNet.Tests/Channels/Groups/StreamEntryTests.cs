using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels.Groups;

/// <summary>How newcomers in a storm of joins are in step at once.</summary>
public sealed class StreamEntryTests : CompressedStreamTest
{
    [Fact]
    public void Newcomers_enter_at_a_snapshot_that_a_key_frame_follows()
    {
        var stream = Stream(sharing: 2);
        Assert.Null(stream.EntryAt(Now));
        Offer(stream, "first");

        var before = stream.EntryAt(Now)!.Since;
        var key = Flush(stream, events: 3)!;
        var (entry, next) = (stream.EntryAt(Now)!, Flush(stream, events: 2)!);

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
        var entry = stream.EntryAt(Now);

        Offer(stream, "second");
        Assert.Same(entry, stream.EntryAt(Now));

        Now += Second;
        Assert.Null(stream.EntryAt(Now));
        Offer(stream, "third");
        Assert.NotSame(entry, stream.EntryAt(Now));
        Assert.True(Flush(stream)!.IsKey);
    }

    [Fact]
    public void The_key_frame_waits_for_the_snapshot_that_newcomers_wait_for_but_not_for_long()
    {
        var stream = Stream(sharing: 2);
        Flush(stream, events: 500);
        stream.Add(isInStep: false);
        Now += Second;
        Assert.Null(stream.EntryAt(Now));

        Assert.False(Flush(stream)!.IsKey);
        Now += TimeSpan.FromMilliseconds(499);
        Assert.Null(stream.EntryAt(Now));
        Assert.False(Flush(stream)!.IsKey);
        Now += TimeSpan.FromMilliseconds(1);
        Assert.True(Flush(stream)!.IsKey);
    }

    [Fact]
    public void An_entry_ends_with_a_loss_with_its_length_and_with_the_stream()
    {
        var stream = Stream(sharing: 2);
        Offer(stream, "first");
        Flush(stream);
        stream.CloseEntry();
        Assert.Null(stream.EntryAt(Now));

        Now += 5 * Second;
        Offer(stream, "second");
        for (var i = 0; stream.EntryAt(Now) is not null; i++)
        {
            Assert.InRange(i, 0, 100);
            Flush(stream, events: 1000);
        }

        Now += 5 * Second;
        Offer(stream, "third");
        Flush(stream, members: 1);
        Assert.Null(stream.EntryAt(Now));
        Assert.Equal(0, Memory.Taken);
    }

    [Fact]
    public void A_snapshot_for_whose_compressed_form_there_is_no_room_or_that_is_large_is_no_entry()
    {
        var stream = Stream(sharing: 2);
        Offer(stream, "first", new SnapshotMemory(1, TimeProvider.System));
        Offer(stream, new string('x', 1024 * 1024));

        Flush(stream);

        Assert.Null(stream.EntryAt(Now));
    }
}
