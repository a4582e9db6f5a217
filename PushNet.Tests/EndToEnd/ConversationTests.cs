using System.Buffers.Binary;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PushNet.Web.Sockets;

namespace PushNet.Tests.EndToEnd;

/// <summary>What clients say, well or badly, and what they get for it (docs/protocol.md#pong-error).</summary>
public class ConversationTests
{
    [Theory]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("""{"action":"ping"}""")]
    [InlineData("ping")]
    public async Task Ping_gets_pong_with_the_time(string ping)
    {
        await using var server = await PushServer.StartAsync();
        using var client = await server.JoinAsync("live");

        await client.SendAsync(ping);

        var pong = await client.ReceiveAsync();
        Assert.Equal(["type", "ts"], pong.EnumerateObject().Select(p => p.Name));
        Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(pong.GetProperty("ts").GetInt64()),
            TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    [Fact]
    public async Task Other_text_gets_an_error_and_the_eleventh_closes_with_1008()
    {
        await using var server = await PushServer.StartAsync();
        using var client = await server.JoinAsync("live");

        string[] wrong = ["hello", "{", "[]", "\"ping\"", """{"type":"pong"}""", """{"type":7}""", "", "null", "pings", "PING"];
        foreach (var message in wrong)
        {
            await client.SendAsync(message);
            Assert.Equal("error", (await client.ReceiveAsync()).GetProperty("type").GetString());
        }

        await client.SendAsync("once too often");
        Assert.Null(await client.ReceiveTextAsync());
        Assert.Equal(1008, (int)client.Socket.CloseStatus!);
    }

    [Fact]
    public async Task Pings_are_never_too_many()
    {
        await using var server = await PushServer.StartAsync();
        using var client = await server.JoinAsync("odds");

        for (var i = 0; i < 200; i++)
        {
            await client.SendAsync("ping");
        }

        for (var i = 0; i < 200; i++)
        {
            Assert.Equal("pong", (await client.ReceiveAsync()).GetProperty("type").GetString());
        }
    }

    public static TheoryData<string, byte[], int> Abuse => new()
    {
        { "binary", RawClient.Frame(0x82, [1, 2, 3]), 1003 },
        { "an empty binary message", RawClient.Frame(0x82, []), 1003 },
        { "too long", RawClient.Frame(0x81, [.. Enumerable.Repeat((byte)'x', 4097)]), 1009 },
        { "far too long", RawClient.Frame(0x81, [.. Enumerable.Repeat((byte)'x', 65_000)]), 1009 },
        { "too long in fragments", [.. RawClient.Frame(0x01, new byte[4000]), .. RawClient.Frame(0x80, new byte[4000])], 1009 },
        { "no UTF-8", RawClient.Frame(0x81, [0xC3, 0x28]), 1007 },
        { "half a character and an empty end", [.. RawClient.Frame(0x01, [0xC3]), .. RawClient.Frame(0x80, [])], 1007 },
        { "unmasked", [0x81, 0x04, (byte)'p', (byte)'i', (byte)'n', (byte)'g', 0, 0, 0, 0], 1002 },
        { "reserved opcode", RawClient.Frame(0x83, [1]), 1002 },
        { "reserved bit", RawClient.Frame(0xC1, [1]), 1002 },
        { "continuation of nothing", RawClient.Frame(0x80, [1]), 1002 },
        { "fragmented ping", RawClient.Frame(0x09, [1]), 1002 },
        { "invalid close code", RawClient.Frame(0x88, RawClient.ClosePayload(999)), 1002 },
    };

    [Theory]
    [MemberData(nameof(Abuse))]
    public async Task Abuse_is_closed_with_its_code_and_the_close_frame_arrives(string name, byte[] bytes, int code)
    {
        // A client on a busy machine may need longer for its half of the close than the server waits by default.
        await using var server = await PushServer.StartAsync(("Sockets:CloseTimeout", "00:01:00"));
        using var client = await (await server.ConnectAsync()).JoinAsync("live");

        // Unread input is what makes a careless close a reset, so there is plenty behind the abuse.
        await client.Socket.SendAsync((byte[])[.. bytes, .. RawClient.Frame(0x81, new byte[2000])]);

        var close = await client.ReadUntilAsync(RawFrame.Close);
        Assert.True(close is not null, name);
        Assert.Equal(code, close.CloseCode);
        await client.SendFrameAsync(0x88, RawClient.ClosePayload(code));

        // After what .NET takes for a protocol error, no close frame is understood any more, and the server waits for the end of the
        // input. In the other cases the close frame alone must end it.
        if (code is 1002 or 1007)
        {
            client.Socket.Shutdown(SocketShutdown.Send);
        }

        Assert.Null(await client.ReadFrameAsync());
        await server.UntilConnectionsAre(0);
    }

    [Theory]
    [MemberData(nameof(Abuse))]
    public async Task Who_neither_answers_the_close_for_abuse_nor_ends_sees_the_end_after_the_close_timeout_and_no_reset(
        string name, byte[] bytes, int code)
    {
        await using var server = await PushServer.StartAsync(("Sockets:CloseTimeout", "00:00:00.100"));
        using var client = await (await server.ConnectAsync()).JoinAsync("live");

        await client.Socket.SendAsync(bytes);

        Assert.True((await client.ReadUntilAsync(RawFrame.Close))?.CloseCode == code, name);
        Assert.Null(await client.ReadFrameAsync());
        await server.UntilConnectionsAre(0);
    }

    [Fact]
    public async Task A_message_that_is_too_long_may_be_sent_to_its_end_however_long_that_takes_and_the_close_frame_is_there_then()
    {
        const int ticks = 60;
        await using var server = await PushServer.StartAsync(("Sockets:CloseTimeout", "00:00:00.500"));
        using var client = await (await server.ConnectAsync()).JoinAsync("live");

        // Six times the close timeout, without reading.
        var piece = new byte[30_000];
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        await client.Socket.SendAsync(
            (byte[])[0x81, 0xFF, .. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness((long)ticks * piece.Length)), 0, 0, 0, 0]);
        for (var tick = 0; tick < ticks && await clock.WaitForNextTickAsync(); tick++)
        {
            await client.Socket.SendAsync(piece);
        }

        Assert.Equal(1009, (await client.ReadUntilAsync(RawFrame.Close))!.CloseCode);
        await client.SendFrameAsync(0x88, RawClient.ClosePayload(1009));
        Assert.Null(await client.ReadFrameAsync());
        await server.UntilConnectionsAre(0);
    }

    [Theory]
    [InlineData("a close frame", "888200000000 03E8")]
    [InlineData("a close frame behind a ping", "818400000000 70696E67 888200000000 03E8")]
    [InlineData("what makes the server close", "828100000000 01")]
    [InlineData("what breaks the protocol", "838100000000 01")]
    public async Task A_client_that_closes_and_has_stopped_reading_does_not_keep_its_slot_for_the_time_of_a_stalled_one(
        string what, string hex)
    {
        await using var server = await PushServer.StartAsync(
            ("Limits:SocketSendBuffer", "4096"), ("Sockets:CloseTimeout", "00:00:00.100"), ("KeepAlive:Timeout", "01:00:00"));
        await server.IngestAsync(Lines.Game("g1"));
        using var client = await (await server.ConnectAsync(receiveBuffer: 4096)).JoinAsync("odds");
        var socket = Assert.Single(server.Services.GetRequiredService<SocketRegistry>().Sockets);
        var from = 0;
        await Eventually.True(async () =>
        {
            await server.IngestAsync(Lines.MovingPrices("g1", 500, from: from += 500));
            return socket.Blocked > TimeSpan.Zero;
        });

        await client.Socket.SendAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        await server.UntilConnectionsAre(0);
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task A_message_in_fragments_with_a_ping_between_them_is_one_message()
    {
        await using var server = await PushServer.StartAsync();
        using var client = await (await server.ConnectAsync()).JoinAsync("live");

        await client.SendFrameAsync(0x01, "pi"u8.ToArray());
        await client.SendFrameAsync(0x89, "between"u8.ToArray());
        await client.SendFrameAsync(0x80, "ng"u8.ToArray());

        var pong = await client.ReadFrameAsync();
        Assert.Equal((RawFrame.Pong, "between"), (pong!.Opcode, Encoding.ASCII.GetString(pong.Payload)));
        Assert.Equal("pong", (await client.ReadFrameAsync())!.Type);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1013)]
    [InlineData(4711)]
    public async Task A_close_is_echoed_with_its_code(int code)
    {
        await using var server = await PushServer.StartAsync();
        using var client = await (await server.ConnectAsync()).JoinAsync("odds");

        await client.SendFrameAsync(0x88, RawClient.ClosePayload(code));

        Assert.Equal(code, (await client.ReadUntilAsync(RawFrame.Close))!.CloseCode);
        Assert.Null(await client.ReadFrameAsync());
        await server.UntilConnectionsAre(0);
    }

    [Fact]
    public async Task A_close_without_a_code_is_answered_as_normal()
    {
        await using var server = await PushServer.StartAsync();
        using var client = await (await server.ConnectAsync()).JoinAsync("odds");

        await client.SendFrameAsync(0x88, []);

        Assert.Equal(1000, (await client.ReadUntilAsync(RawFrame.Close))!.CloseCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_goes_away_frees_its_slot(bool reset)
    {
        await using var server = await PushServer.StartAsync();
        var client = await (await server.ConnectAsync()).JoinAsync("odds");
        await server.UntilConnectionsAre(1);

        client.Socket.LingerState = new System.Net.Sockets.LingerOption(reset, 0);
        client.Dispose();

        await server.UntilConnectionsAre(0);
    }

    [Fact]
    public async Task The_web_socket_writer_speaks_the_same()
    {
        await using var server = await PushServer.StartAsync(("Sockets:Writer", "web-socket"));
        await server.IngestAsync(Lines.Game("g1"));
        using var client = await server.JoinAsync("odds");

        await server.IngestAsync(Lines.MovingPrices("g1", 500));
        for (var seq = 2; seq <= 501; seq++)
        {
            Assert.Equal(seq, (await client.ReceiveAsync()).GetProperty("seq").GetInt64());
        }

        await client.SendAsync("ping");
        Assert.Equal("pong", (await client.ReceiveAsync()).GetProperty("type").GetString());
        await client.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
        Assert.Equal(WebSocketState.Closed, client.Socket.State);
    }
}
