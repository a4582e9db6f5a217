using System.Buffers;
using System.Text;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Wire;

public sealed class EventStreamTests
{
    [Fact]
    public void A_frame_is_an_event_with_its_type_and_its_number() => Assert.Equal(
        """
        event: price_change
        id: 7
        data: {"type":"price_change","seq":7}

        event: game_final
        id: 8
        data: {"type":"game_final","seq":8}


        """.ReplaceLineEndings("\n"),
        Text(EventStream.Of(FrameBatch.JoinFrames([Given.Event(7), Given.Event(8, Actors.Games.EventKind.GameFinal)])).Events));

    [Fact]
    public void A_frame_without_a_number_has_no_id() => Assert.StartsWith(
        "event: welcome\ndata: {",
        Text(EventStream.Of(new FrameEncoder().Welcome("live", 1, Subscription.Everything).Span).Events));

    [Fact]
    public void What_only_looks_like_a_number_is_none() => Assert.StartsWith(
        "event: error\ndata: {",
        Text(EventStream.Of(new FrameEncoder().Error(",\"seq\":5").Span).Events));

    [Fact]
    public void Reconnect_tells_EventSource_when_to_come_back() => Assert.Equal(
        """
        event: reconnect
        retry: 1239
        data: {"type":"reconnect","after_ms":1239,"reason":"the server restarts"}


        """.ReplaceLineEndings("\n"),
        Text(EventStream.Of(new FrameEncoder().Reconnect(TimeSpan.FromMilliseconds(1239), "the server restarts").Span).Events));

    [Fact]
    public void The_last_event_says_why() => Assert.Equal(
        "event: closed\ndata: {\"code\":1008,\"reason\":\"the key \\\"a\\\" was revoked\"}\n\n",
        Text(EventStream.Closed(1008, "the key \"a\" was revoked").Events));

    [Fact]
    public void A_chunk_is_its_length_and_the_events() => Assert.Equal("3\r\n:\n\n\r\n", Text(EventStream.Comment.Chunk));

    [Theory]
    [InlineData(1)]
    [InlineData(4000)]
    public void A_snapshot_in_blocks_is_the_same_event_and_shares_its_memory(int games)
    {
        var encoded = FrameEncoder.EncodeInBlocks(
            Enumerable.Range(0, games).Select(i => Given.Game($"g{i}", slug: new string('s', 500))), null, long.MaxValue);
        var frame = new FrameEncoder().Snapshot("odds", 5, encoded, 1234567);
        var whole = EventStream.Of(frame.ToArray());

        var blocks = EventStream.Of(frame, isChunk: true);

        Assert.StartsWith("event: snapshot\nid: 1234567\ndata: {\"type\":\"snapshot\",", Text(whole.Events[..100]));
        Assert.True(whole.Chunk.Span.SequenceEqual(blocks.ToArray()));
        Assert.True(whole.Events.Span.SequenceEqual(EventStream.Of(frame, isChunk: false).ToArray()));
        Assert.True(blocks.Slice(blocks.GetPosition(blocks.FirstSpan.Length)).First.Span.Overlaps(
            frame.Slice(WebSocketFrame.PayloadOf(frame.FirstSpan).Offset).FirstSpan));
    }

    [Fact]
    public void A_batch_is_made_into_events_once()
    {
        var batch = Given.Batch(Given.Events(1, 3));

        Assert.Same(batch.AsEvents, batch.AsEvents);
        Assert.Same(batch.Progress, batch.AsEvents.Progress);
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
