using System.Net.Sockets;

namespace PushNet.Tests.EndToEnd.Conformance;

/// <summary>RFC 6455 sections 5.5.1 and 7: who says what at the end.</summary>
public sealed class ClosingTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int CloseFrame = 0x80 | RawFrame.Close;

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1002)]
    [InlineData(1003)]
    [InlineData(1007)]
    [InlineData(1008)]
    [InlineData(1009)]
    [InlineData(1010)]
    [InlineData(1011)]
    [InlineData(1012)]
    [InlineData(1013)]
    [InlineData(1014)]
    [InlineData(3000)]
    [InlineData(3999)]
    [InlineData(4000)]
    [InlineData(4999)]
    public Task A_code_that_may_be_sent_is_echoed(int code) => Answered(RawClient.ClosePayload(code), code);

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(1004)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(1016)]
    [InlineData(1100)]
    [InlineData(2000)]
    [InlineData(2999)]
    [InlineData(5000)]
    [InlineData(65_535)]
    public Task A_code_that_must_not_be_sent_is_a_protocol_error(int code) => Answered(RawClient.ClosePayload(code), 1002);

    public static TheoryData<string, byte[], int> Payloads => new()
    {
        { "none", [], 1000 },
        { "half a code", [3], 1002 },
        { "the longest reason", [.. RawClient.ClosePayload(1000), .. Enumerable.Repeat((byte)'x', 123)], 1000 },
        { "a reason in UTF-8", [.. RawClient.ClosePayload(1000), 0xE2, 0x9A, 0xBD], 1000 },

        // 1007 is about messages (section 7.4.1), and a close frame is not a message.
        { "a reason that is no UTF-8", [.. RawClient.ClosePayload(1000), 0xC3, 0x28], 1002 },
        { "a reason that ends within a character", [.. RawClient.ClosePayload(1000), 0xE2, 0x82], 1002 },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public Task A_payload_is_checked(string what, byte[] payload, int answer)
    {
        Assert.NotEmpty(what);
        return Answered(payload, answer);
    }

    [Fact]
    public async Task What_comes_after_a_close_is_not_answered()
    {
        using var client = await shared.JoinAsync();

        await client.Socket.SendAsync((byte[])[
            .. RawClient.Frame(CloseFrame, RawClient.ClosePayload(1000)), .. RawClient.Frame(0x81, "ping"u8.ToArray()), .. RawClient.Frame(
                0x89, [1])]);

        Assert.Equal(RawFrame.Close, (await client.ReadFrameAsync())!.Opcode);
        Assert.Null(await client.ReadFrameAsync());
    }

    [Fact]
    public async Task A_close_within_a_message_ends_it()
    {
        using var client = await shared.JoinAsync();

        await client.Socket.SendAsync(
            (byte[])[.. RawClient.Frame(0x01, "pi"u8.ToArray()), .. RawClient.Frame(CloseFrame, RawClient.ClosePayload(1001))]);

        Assert.Equal(1001, (await client.ReadFrameAsync())!.CloseCode);
        Assert.Null(await client.ReadFrameAsync());
    }

    [Fact]
    public async Task A_close_right_before_the_end_of_the_stream_is_answered()
    {
        using var client = await shared.JoinAsync();

        await client.SendFrameAsync(CloseFrame, RawClient.ClosePayload(4000));
        client.Socket.Shutdown(SocketShutdown.Send);

        Assert.Equal(4000, (await client.ReadUntilAsync(RawFrame.Close))!.CloseCode);
        Assert.Null(await client.ReadFrameAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("81")]
    [InlineData("8184")]
    [InlineData("8184010203047068")]
    [InlineData("81FE")]
    [InlineData("81FF0000")]
    [InlineData("01820102030471")]
    public async Task A_stream_that_ends_within_a_frame_frees_its_slot(string hex)
    {
        using var client = await shared.JoinAsync();

        await client.Socket.SendAsync(Convert.FromHexString(hex));
        client.Socket.Shutdown(SocketShutdown.Send);

        while (await client.ReadFrameAsync() is not null)
        {
        }

        await shared.Server.UntilConnectionsAre(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("818401")]
    [InlineData("880203")]
    public async Task A_reset_frees_its_slot(string hex)
    {
        using (var client = await shared.JoinAsync())
        {
            await client.Socket.SendAsync(Convert.FromHexString(hex));
            client.Socket.LingerState = new LingerOption(true, 0);
        }

        await shared.Server.UntilConnectionsAre(0);
    }

    private async Task Answered(byte[] payload, int code)
    {
        using var client = await shared.JoinAsync();

        await client.SendFrameAsync(CloseFrame, payload);

        Assert.Equal(code, (await client.ReadUntilAsync(RawFrame.Close))!.CloseCode);
        client.Socket.Shutdown(SocketShutdown.Send);
        Assert.Null(await client.ReadFrameAsync());
    }
}
