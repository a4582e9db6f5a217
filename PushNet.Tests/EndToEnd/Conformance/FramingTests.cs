using System.Net.Sockets;
using System.Text;

namespace PushNet.Tests.EndToEnd.Conformance;

/// <summary>RFC 6455 section 5, clause by clause, at the level of bytes.</summary>
public sealed class FramingTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Fin = 0x80;
    private const int Masked = 0x80;

    /// <summary>Frames that fail the connection, with the clause and the code of the close frame.</summary>
    public static TheoryData<string, byte[], int> Violations
    {
        get
        {
            var cases = new TheoryData<string, byte[], int>
            {
                { "5.1 unmasked text", [0x81, 0x04, .. "ping"u8, 0, 0, 0, 0], 1002 },
                { "5.1 unmasked ping", [0x89, 0x00, 0, 0, 0, 0], 1002 },
                { "5.1 unmasked close", [0x88, 0x02, 0x03, 0xE8, 0, 0, 0, 0], 1002 },
                { "5.2 a 64-bit length with the top bit set", [0x81, Masked | 127, 0x80, 0, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, .. new byte[64]],
                    1002 },
                { "5.2 a 64-bit length with all bits set",
                    [0x81, Masked | 127, .. Enumerable.Repeat((byte)0xFF, 8), 1, 2, 3, 4, .. new byte[64]], 1002 },
                { "5.2 a message announced to be 2^62 bytes long",
                    [0x81, Masked | 127, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, .. new byte[8192]], 1009 },
                { "5.4 a continuation of nothing", RawClient.Frame(Fin | 0x0, [1]), 1002 },
                { "5.4 a continuation of nothing that goes on", RawClient.Frame(0x0, [1]), 1002 },
                { "5.4 a text within a message",
                    [.. RawClient.Frame(0x1, "pi"u8.ToArray()), .. RawClient.Frame(Fin | 0x1, "ng"u8.ToArray())], 1002 },
                { "5.4 a binary within a text",
                    [.. RawClient.Frame(0x1, "pi"u8.ToArray()), .. RawClient.Frame(Fin | 0x2, "ng"u8.ToArray())], 1002 },
                { "5.4 a continuation behind the end",
                    [.. RawClient.Frame(Fin | 0x1, "ping"u8.ToArray()), .. RawClient.Frame(Fin | 0x0, [1])], 1002 },
                { "5.5 a ping of 126 bytes", RawClient.Frame(Fin | 0x9, new byte[126]), 1002 },
                { "5.5 a pong of 126 bytes", RawClient.Frame(Fin | 0xA, new byte[126]), 1002 },
                { "5.5 a close of 126 bytes", RawClient.Frame(Fin | 0x8, [.. RawClient.ClosePayload(1000), .. new byte[124]]), 1002 },
                { "5.5 a ping of 65,535 bytes", RawClient.Frame(Fin | 0x9, new byte[65_535]), 1002 },
                { "5.5 a ping in fragments", RawClient.Frame(0x9, [1]), 1002 },
                { "5.5 a pong in fragments", RawClient.Frame(0xA, [1]), 1002 },
                { "5.5 a close in fragments", RawClient.Frame(0x8, RawClient.ClosePayload(1000)), 1002 },
                { "5.6 text that is no UTF-8", RawClient.Frame(Fin | 0x1, [0xFF]), 1007 },
                { "8.1 an overlong form", RawClient.Frame(Fin | 0x1, [0xC0, 0xAF]), 1007 },
                { "8.1 half a surrogate pair", RawClient.Frame(Fin | 0x1, [0xED, 0xA0, 0x80]), 1007 },
                { "8.1 past the last code point", RawClient.Frame(Fin | 0x1, [0xF4, 0x90, 0x80, 0x80]), 1007 },
                { "8.1 a character cut off at the end", RawClient.Frame(Fin | 0x1, [.. "ok"u8, 0xE2, 0x82]), 1007 },
                { "8.1 a character cut off before an empty last fragment",
                    [.. RawClient.Frame(0x1, [0xE2, 0x82]), .. RawClient.Frame(Fin | 0x0, [])], 1007 },
                { "8.1 a character that goes wrong in the next fragment",
                    [.. RawClient.Frame(0x1, [0xE2, 0x82]), .. RawClient.Frame(Fin | 0x0, [0x28])], 1007 },
                { "8.1 no UTF-8 in the middle of three fragments", [.. RawClient.Frame(0x1, "a"u8.ToArray()),
                    .. RawClient.Frame(0x0, [0x80]), .. RawClient.Frame(Fin | 0x0, "b"u8.ToArray())], 1007 },
            };
            foreach (var bit in new[] { 0x40, 0x20, 0x10 })
            {
                cases.Add($"5.2 reserved bit {bit:X}", RawClient.Frame(Fin | bit | 0x1, "ping"u8.ToArray()), 1002);
                cases.Add($"5.2 reserved bit {bit:X} of a ping", RawClient.Frame(Fin | bit | 0x9, []), 1002);
            }

            foreach (var opcode in new[] { 0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF })
            {
                cases.Add($"5.2 reserved opcode {opcode:X}", RawClient.Frame(Fin | opcode, [1]), 1002);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task A_violation_fails_the_connection_with_its_code(string clause, byte[] bytes, int code)
    {
        using var client = await shared.JoinAsync();

        await client.FailsAsync(clause, bytes, code);
    }

    [Theory]
    [InlineData("8900")]
    [InlineData("8800")]
    [InlineData("8104")]
    [InlineData("817E0100")]
    [InlineData("817F0000000000010000")]
    [InlineData("0180010203048000")]
    public async Task A_frame_without_a_mask_is_refused_when_its_header_is_there_and_nothing_behind_it(string hex)
    {
        using var client = await shared.JoinAsync();

        await client.Socket.SendAsync(Convert.FromHexString(hex));

        Assert.Equal(1002, (await client.ReadUntilAsync(RawFrame.Close))!.CloseCode);
        client.Socket.Shutdown(SocketShutdown.Send);
        Assert.Null(await client.ReadFrameAsync());
    }

    /// <summary>What looks odd but is in order: each is a ping message in the end.</summary>
    public static TheoryData<string, byte[]> Oddities => new()
    {
        { "an empty first fragment", [.. RawClient.Frame(0x1, []), .. RawClient.Frame(Fin | 0x0, "ping"u8.ToArray())] },
        { "an empty last fragment", [.. RawClient.Frame(0x1, "ping"u8.ToArray()), .. RawClient.Frame(Fin | 0x0, [])] },
        { "a fragment for each byte", [.. RawClient.Frame(0x1, "p"u8.ToArray()), .. RawClient.Frame(0x0, "i"u8.ToArray()),
            .. RawClient.Frame(0x0, "n"u8.ToArray()), .. RawClient.Frame(Fin | 0x0, "g"u8.ToArray())] },
        { "a length in 16 bits that fits in 7", [0x81, Masked | 126, 0, 4, 0, 0, 0, 0, .. "ping"u8] },
        { "a length in 64 bits that fits in 7", [0x81, Masked | 127, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, .. "ping"u8] },
        { "unasked pongs before it", [.. RawClient.Frame(Fin | 0xA, []), .. RawClient.Frame(Fin | 0xA, new byte[125]),
            .. RawClient.Frame(Fin | 0x1, "ping"u8.ToArray())] },
    };

    [Theory]
    [MemberData(nameof(Oddities))]
    public async Task What_is_odd_but_in_order_is_taken(string what, byte[] bytes)
    {
        using var client = await shared.JoinAsync();

        await client.Socket.SendAsync(bytes);

        Assert.True((await client.ReadFrameAsync())!.Type == "pong", what);
    }

    [Fact]
    public async Task A_message_may_come_byte_by_byte()
    {
        using var client = await shared.JoinAsync();
        byte[] stream = [.. RawClient.Frame(0x1, "pi"u8.ToArray()), .. RawClient.Frame(Fin | 0x9, "x"u8.ToArray()),
            .. RawClient.Frame(Fin | 0x0, "ng"u8.ToArray())];

        foreach (var one in stream)
        {
            await client.Socket.SendAsync((byte[])[one]);
        }

        Assert.Equal((RawFrame.Pong, "x"), Describe((await client.ReadFrameAsync())!));
        Assert.Equal("pong", (await client.ReadFrameAsync())!.Type);
    }

    [Fact]
    public async Task A_character_may_be_split_over_fragments()
    {
        using var client = await shared.JoinAsync();

        await client.Socket.SendAsync((byte[])[.. RawClient.Frame(0x1, [0xE2]), .. RawClient.Frame(0x0, [0x9A, 0xBD, 0xF0, 0x9F]),
            .. RawClient.Frame(Fin | 0x0, [0x8F, 0x80])]);

        Assert.Equal("error", (await client.ReadFrameAsync())!.Type);
    }

    [Fact]
    public async Task A_message_of_exactly_4096_bytes_is_read_and_one_byte_more_is_not()
    {
        using var client = await shared.JoinAsync();

        await client.SendFrameAsync(Fin | 0x1, [.. Enumerable.Repeat((byte)'x', 4096)]);
        Assert.Equal("error", (await client.ReadFrameAsync())!.Type);

        await client.SendFrameAsync(Fin | 0x1, [.. Enumerable.Repeat((byte)'x', 4097)]);
        Assert.Equal(1009, (await client.ReadUntilAsync(RawFrame.Close))!.CloseCode);
    }

    [Fact]
    public async Task Ten_thousand_pings_get_as_many_pongs_with_their_payloads_in_order()
    {
        const int pings = 10_000;
        using var client = await shared.JoinAsync();
        var sending = Task.Run(async () =>
        {
            foreach (var chunk in Enumerable.Range(0, pings).Chunk(500))
            {
                await client.Socket.SendAsync(chunk.SelectMany(i => RawClient.Frame(Fin | 0x9, Encoding.ASCII.GetBytes($"{i}"))).ToArray());
            }
        });

        for (var i = 0; i < pings; i++)
        {
            Assert.Equal((RawFrame.Pong, $"{i}"), Describe((await client.ReadFrameAsync())!));
        }

        await sending;
    }

    private static (int Opcode, string Payload) Describe(RawFrame frame) => (frame.Opcode, Encoding.ASCII.GetString(frame.Payload));
}
