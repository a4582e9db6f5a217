namespace PushNet.Tests.EndToEnd.Conformance;

/// <summary>RFC 7692 at the level of bytes: the handshake, and what a client sends once compression is agreed on.</summary>
public sealed class CompressionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
    private const int Fin = 0x80;
    private const int Compressed = 0x40;

    /// <summary>Lines of the handshake.</summary>
    public static TheoryData<string[], string?> Offers => new()
    {
        { [Offer], "permessage-deflate; client_no_context_takeover" },
        { ["Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover", Offer],
            "permessage-deflate; client_no_context_takeover" },
        { ["Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=15"],
            "permessage-deflate; client_no_context_takeover; server_max_window_bits=15" },
        { ["Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover"], null },
        { ["Sec-WebSocket-Extensions: "], null },
        { [], null },
    };

    [Theory]
    [MemberData(nameof(Offers))]
    public async Task An_offer_is_answered_and_welcome_says_what_is_in_force(string[] offer, string? answer)
    {
        using var client = await shared.Server.ConnectAsync();

        var head = await client.RequestAsync([.. client.Handshake("live"), .. offer]);

        Assert.StartsWith("HTTP/1.1 101 ", head);
        Assert.Equal(
            answer, head.Split("\r\n").SingleOrDefault(line => line.StartsWith("Sec-WebSocket-Extensions", StringComparison.Ordinal))
                ?["Sec-WebSocket-Extensions: ".Length..]);
        Assert.Equal(
            answer is null ? null : "shared",
            (await client.ReadFrameAsync())!.Json.TryGetProperty("compression", out var said) ? said.GetString() : null);
    }

    [Theory]
    [InlineData("permessage-deflate;")]
    [InlineData("permessage-deflate; client_max_window_bits=\"1 5\"")]
    public async Task A_header_that_breaks_the_grammar_gets_400(string extensions)
    {
        using var client = await shared.Server.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 400 ", await client.RequestAsync(
            [.. client.Handshake("live"), $"Sec-WebSocket-Extensions: {extensions}"]));
        Assert.Contains("Sec-WebSocket-Extensions", await client.ReadBodyAsync());
    }

    /// <summary>Each is one message that says ping, or several.</summary>
    public static TheoryData<string, byte[], int> Pings => new()
    {
        { "a message", Frame(Deflate("ping"u8)), 1 },
        { "7.2.3.3 a block without compression", Frame([0x00, 0x04, 0x00, 0xFB, 0xFF, .. "ping"u8, 0x00]), 1 },
        { "7.2.3.5 two blocks", Frame([.. Deflate("pi"u8), 0x00, 0x00, 0xFF, 0xFF, .. Deflate("ng"u8)]), 1 },
        { "in fragments", [.. RawClient.Frame(Compressed | 0x1, Deflate("ping"u8)[..2]), .. RawClient.Frame(0x0, []),
            .. RawClient.Frame(Fin | 0x0, Deflate("ping"u8)[2..])], 1 },
        { "in fragments, the first of which is empty", [.. RawClient.Frame(Compressed | 0x1, []),
            .. RawClient.Frame(Fin | 0x0, Deflate("ping"u8))], 1 },
        { "with a ping within", [.. RawClient.Frame(Compressed | 0x1, Deflate("ping"u8)[..2]), .. RawClient.Frame(Fin | 0xA, []),
            .. RawClient.Frame(Fin | 0x0, Deflate("ping"u8)[2..])], 1 },
        { "plain and compressed in turn", [.. Frame(Deflate("ping"u8)), .. RawClient.Frame(Fin | 0x1, "ping"u8.ToArray()),
            .. Frame(Deflate("ping"u8))], 3 },
    };

    [Theory]
    [MemberData(nameof(Pings))]
    public async Task A_compressed_message_is_read(string what, byte[] bytes, int pongs)
    {
        using var client = await JoinAsync();

        await client.Socket.SendAsync(bytes);

        for (var i = 0; i < pongs; i++)
        {
            Assert.True((await client.ReadFrameAsync())!.Type == "pong", what);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    public async Task An_empty_message_is_unknown_like_any_other(string payload)
    {
        using var client = await JoinAsync();

        await client.Socket.SendAsync(Frame(Convert.FromHexString(payload)));

        Assert.Equal("error", (await client.ReadFrameAsync())!.Type);
    }

    /// <summary>What fails the connection, with the code of the close frame.</summary>
    public static TheoryData<string, byte[], int> Violations => new()
    {
        { "6.1 a compressed ping", RawClient.Frame(Fin | Compressed | 0x9, []), 1002 },
        { "6.1 a compressed pong", RawClient.Frame(Fin | Compressed | 0xA, []), 1002 },
        { "6.1 a compressed close", RawClient.Frame(Fin | Compressed | 0x8, RawClient.ClosePayload(1000)), 1002 },
        { "6.1 a compressed continuation", [.. RawClient.Frame(Compressed | 0x1, Deflate("ping"u8)[..2]),
            .. RawClient.Frame(Fin | Compressed | 0x0, Deflate("ping"u8)[2..])], 1002 },
        { "another reserved bit", RawClient.Frame(Fin | Compressed | 0x20 | 0x1, Deflate("ping"u8)), 1002 },
        { "no deflate", Frame([0xFF, 0xFF, 0xFF]), 1007 },
        { "a block of a type that is none", Frame([0x06, 0x07]), 1007 },
        { "a distance to before the beginning", Frame([0x42, 0x04, 0x00, 0x00, 0x00]), 1007 },
        { "BFINAL", Frame([0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]), 1007 },
        { "a message that refers to the one before", [.. Frame(Deflate("ping"u8)), .. Frame(SecondOfTwo())], 1007 },
        { "text that is no UTF-8", Frame(Deflate([0xC3, 0x28])), 1007 },
        { "a character cut off at the end", Frame(Deflate([.. "ok"u8, 0xE2, 0x82])), 1007 },
        { "a binary message", RawClient.Frame(Fin | Compressed | 0x2, Deflate("ping"u8)), 1003 },
        { "4,097 bytes in a few", Frame(Deflate(new byte[4097])), 1009 },
        { "a bomb of 16 MB", Bomb(16), 1009 },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task A_violation_fails_the_connection_with_its_code(string what, byte[] bytes, int code)
    {
        using var client = await JoinAsync();

        await client.FailsAsync(what, bytes, code);
    }

    [Fact]
    public async Task A_message_that_inflates_to_exactly_4096_bytes_is_read()
    {
        using var client = await JoinAsync();

        await client.Socket.SendAsync(Frame(Deflate([.. Enumerable.Repeat((byte)'x', 4096)])));

        Assert.Equal("error", (await client.ReadFrameAsync())!.Type);
    }

    private static byte[] Frame(byte[] payload) => RawClient.Frame(Fin | Compressed | 0x1, payload);

    private static byte[] Bomb(int megabytes) => Frame(Deflate(new byte[megabytes * 1024 * 1024]));

    /// <summary>The second of two equal messages, from a client that keeps its window although it was told not to.</summary>
    private static byte[] SecondOfTwo() => RawClient.Deflate("a message of some length"u8, "a message of some length"u8);

    private static byte[] Deflate(ReadOnlySpan<byte> message) => RawClient.Deflate(message);

    private async Task<RawClient> JoinAsync() => await (await shared.Server.ConnectAsync()).JoinAsync("live", more: [Offer]);
}
