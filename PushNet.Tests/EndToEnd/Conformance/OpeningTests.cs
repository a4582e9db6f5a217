namespace PushNet.Tests.EndToEnd.Conformance;

/// <summary>RFC 6455 section 4.2 in all its variants, and HTTP around it.</summary>
public sealed class OpeningTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Upgrade = "Upgrade: websocket";
    private const string Connection = "Connection: keep-alive, Upgrade";
    private const string Version = "Sec-WebSocket-Version: 13";
    private const string Nonce = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>A line of the handshake, and what stands in its place.</summary>
    public static TheoryData<string, string[]> Good => new()
    {
        { Upgrade, ["Upgrade: WebSocket"] },
        { Upgrade, ["upgrade: WEBSOCKET"] },
        { Upgrade, ["Upgrade: h2c, websocket"] },
        { Upgrade, ["Upgrade: h2c", "Upgrade: websocket"] },
        { Connection, ["Connection: Upgrade"] },
        { Connection, ["connection: upgrade"] },
        { Connection, ["Connection: UPGRADE, keep-alive"] },
        { Connection, ["Connection: keep-alive", "Connection: Upgrade"] },
        { Nonce, ["sec-websocket-key:   dGhlIHNhbXBsZSBub25jZQ==   "] },
        { Version, [Version, "Sec-WebSocket-Extensions: x-webkit-deflate-frame"] },
        { Version, [Version, "Sec-WebSocket-Protocol: chat, superchat"] },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_handshake_that_is_in_order_is_accepted(string line, string[] instead)
    {
        using var client = await shared.Server.ConnectAsync();

        var head = await client.RequestAsync(Replace(client.Handshake("live"), line, instead));

        Assert.StartsWith("HTTP/1.1 101 ", head);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", head);
        Assert.Contains("Upgrade: websocket\r\n", head);
        Assert.Contains("Connection: Upgrade\r\n", head);

        // Something that was not asked for in terms that the server knows must not be agreed on (section 4.1).
        Assert.DoesNotContain("Sec-WebSocket-Extensions", head);
        Assert.DoesNotContain("Sec-WebSocket-Protocol", head);
        Assert.Equal("welcome", (await client.ReadFrameAsync())!.Type);
    }

    /// <summary>A line of the handshake, and what stands in its place.</summary>
    public static TheoryData<string, string[]> Bad => new()
    {
        { Upgrade, [] },
        { Upgrade, ["Upgrade: h2c"] },
        { Upgrade, ["Upgrade: websockets"] },
        { Connection, [] },
        { Connection, ["Connection: keep-alive"] },
        { Connection, ["Connection: close"] },
        { Version, [] },
        { Version, ["Sec-WebSocket-Version: 8"] },
        { Version, ["Sec-WebSocket-Version: 14"] },
        { Version, ["Sec-WebSocket-Version: "] },
        { Version, ["Sec-WebSocket-Version: 8, 13"] },
        { Version, [Version, Version] },
        { Version, [Version, "Sec-WebSocket-Version: 8"] },
        { Nonce, [] },
        { Nonce, ["Sec-WebSocket-Key: "] },
        { Nonce, ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ"] },
        { Nonce, ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTE3"] },
        { Nonce, ["Sec-WebSocket-Key: c2hvcnQ="] },
        { Nonce, ["Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!=="] },
        { Nonce, [Nonce, Nonce] },
        { Nonce, [Nonce, "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA=="] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_handshake_with_a_fault_is_told_what_is_needed(string line, string[] instead)
    {
        using var client = await shared.Server.ConnectAsync();

        var head = await client.RequestAsync(Replace(client.Handshake("live"), line, instead));

        Assert.StartsWith("HTTP/1.1 426 ", head);
        Assert.Contains("Sec-WebSocket-Version: 13\r\n", head);
        Assert.Contains("Upgrade: websocket\r\n", head);
    }

    [Theory]
    [InlineData("POST /ws/live?key={0} HTTP/1.1", " 405 ")]
    [InlineData("PUT /ws/live?key={0} HTTP/1.1", " 405 ")]
    [InlineData("HEAD /ws/live?key={0} HTTP/1.1", " 405 ")]
    [InlineData("GET /ws/live?key={0} HTTP/1.0", " 426 ")]
    [InlineData("GET /ws/live?key={0} HTTP/0.9", " 505 ")]
    [InlineData("GET /ws/live?key={0} HTTP/2.0", " 505 ")]
    [InlineData("GET /ws/none?key={0} HTTP/1.1", " 404 ")]
    [InlineData("GET /ws/live?key={0}", " 400 ")]
    [InlineData("GET  /ws/live?key={0} HTTP/1.1", " 400 ")]
    public async Task Another_request_line_is_not_upgraded(string requestLine, string status)
    {
        using var client = await shared.Server.ConnectAsync();
        var request = client.Handshake("live");
        request[0] = string.Format(requestLine, PushServer.Key);

        Assert.Contains(status, (await client.RequestAsync(request)).Split("\r\n")[0]);
    }

    [Theory]
    [InlineData("Host: a", "Host: b")]
    [InlineData("X-Odd : 1", "X-Nothing: 1")]
    [InlineData("No colon at all", "X-Nothing: 1")]
    [InlineData("X-Null: a\0b", "X-Nothing: 1")]
    [InlineData("Content-Length: -1", "X-Nothing: 1")]
    [InlineData("Content-Length: 1", "Content-Length: 2")]
    public async Task Headers_that_break_http_get_400(string first, string second)
    {
        using var client = await shared.Server.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 400 ", await client.RequestAsync([.. client.Handshake("live"), first, second]));
    }

    [Fact]
    public async Task Frames_sent_with_the_handshake_are_read_behind_it()
    {
        using var client = await shared.Server.ConnectAsync();
        await client.Socket.SendAsync((byte[])[
            .. System.Text.Encoding.ASCII.GetBytes(string.Join("\r\n", client.Handshake("live")) + "\r\n\r\n"), .. RawClient.Frame(
                0x81, "ping"u8.ToArray())]);

        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync());
        var types =
            new[] { (await client.ReadFrameAsync())!.Type, (await client.ReadFrameAsync())!.Type, (await client.ReadFrameAsync())!.Type };
        Assert.Equal(["pong", "snapshot", "welcome"], types.Order());
        Assert.Equal(["welcome", "snapshot"], types.Where(type => type != "pong"));
    }

    [Fact]
    public async Task A_handshake_may_come_byte_by_byte()
    {
        using var client = await shared.Server.ConnectAsync();
        foreach (var one in string.Join("\r\n", client.Handshake("live")) + "\r\n\r\n")
        {
            await client.SendAsync($"{one}");
        }

        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync());
    }

    private static List<string> Replace(List<string> handshake, string line, string[] instead)
    {
        var at = handshake.IndexOf(line);
        handshake.RemoveAt(at);
        handshake.InsertRange(at, instead);
        return handshake;
    }
}
