using System.Net.WebSockets;
using System.Text;
using CsCheck;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Wire;

/// <summary>What .NET's own client reads from the frames made here.</summary>
public sealed class WebSocketFrameTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task A_frame_of_any_length_is_read_by_a_client(int length)
    {
        var payload = Payload(length);

        var message = Assert.Single(await ReadAll(WebSocketFrame.Text(payload)));

        Assert.Equal(Encoding.UTF8.GetString(payload), message);
    }

    [Fact]
    public void A_close_frame_has_its_code_and_reason() =>
        Assert.Equal([0x88, 0x04, 0x03, 0xEF, .. "no"u8], WebSocketFrame.Close(1007, "no"));

    [Fact]
    public void The_reason_of_a_close_frame_is_cut_where_a_character_ends() =>
        Gen.Frequency((4, Gen.Char['a', 'z'].Select(one => one.ToString())), (1, Gen.OneOf<string>("é", "€", "🏀", "\ud83c")))
            .Array[0, 140].Select(string.Concat).Sample(
            reason =>
            {
                var frame = WebSocketFrame.Close(1013, reason);

                var whole = Encoding.UTF8.GetBytes(reason);
                var told = frame.AsSpan(4);
                Assert.Equal(frame.Length - 2, frame[1]);
                Assert.InRange(told.Length, Math.Min(whole.Length, 120), Math.Min(whole.Length, 123));
                Assert.True(whole.AsSpan().StartsWith(told));
                Assert.True(told.Length == whole.Length || (whole[told.Length] & 0xC0) != 0x80);
                Assert.Equal(told.ToArray(), Encoding.UTF8.GetBytes(WebSocketFrame.FittingReason(reason)));
            },
            iter: 5_000);

    [Fact]
    public async Task Frames_joined_in_one_block_stay_messages_of_their_own()
    {
        int[] lengths = [3, 0, 126, 125, 70_000, 65_535, 65_536, 1];
        var block = lengths.SelectMany(length => WebSocketFrame.Text(Payload(length))).ToArray();

        var messages = await ReadAll(block);

        Assert.Equal(lengths, messages.Select(message => message.Length));
    }

    [Fact]
    public async Task The_frames_of_a_batch_are_its_events_in_order()
    {
        var events = Given.Events(1, 128);

        var messages = await ReadAll(Given.Batch(events).Bytes.ToArray());

        Assert.Equal(events.Select(one => Frames.Text(one.Frame)), messages);
    }

    [Fact]
    public void PayloadOf_finds_what_WriteTextHeader_announced() =>
        Gen.Frequency((3, Gen.Int[0, 300]), (2, Gen.Int[65_000, 66_000]), (1, Gen.Int[0, int.MaxValue])).Sample(
            length =>
            {
                var header = new byte[WebSocketFrame.MaxHeaderLength];

                var headerLength = WebSocketFrame.WriteTextHeader(header, length);

                Assert.Equal((headerLength, length), WebSocketFrame.PayloadOf(header));
                Assert.Equal(length <= 125 ? 2 : length <= 65_535 ? 4 : 10, headerLength);
            },
            iter: 5_000);

    [Fact]
    public void A_ping_is_final_and_without_payload() => Assert.Equal([0x89, 0x00], WebSocketFrame.Ping.ToArray());

    private static byte[] Payload(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)('a' + (i % 26)))];

    private static async Task<List<string>> ReadAll(byte[] frames)
    {
        using var client = WebSocket.CreateFromStream(new FromServer(frames), new WebSocketCreationOptions { IsServer = false });
        var (messages, buffer, length) = (new List<string>(), new byte[256 * 1024], 0);
        while (true)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await client.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            }
            catch (WebSocketException e) when (e.WebSocketErrorCode is WebSocketError.ConnectionClosedPrematurely && length == 0)
            {
                return messages;
            }

            Assert.Equal(WebSocketMessageType.Text, received.MessageType);
            length += received.Count;
            if (received.EndOfMessage)
            {
                messages.Add(Encoding.UTF8.GetString(buffer, 0, length));
                length = 0;
            }
        }
    }

    /// <summary>A connection on which the server has said all that it will ever say.</summary>
    private sealed class FromServer(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override bool CanWrite => true;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;
    }
}
