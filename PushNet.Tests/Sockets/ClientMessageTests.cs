using System.Text;
using CsCheck;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

/// <summary>What a client may say (docs/protocol.md#pong-error).</summary>
public sealed class ClientMessageTests
{
    [Theory]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("""{ "type" : "ping", "id": 5 }""")]
    [InlineData("""{"action":"ping"}""")]
    [InlineData("""{"type":"p\u0069ng"}""")]
    [InlineData("ping")]
    public void These_are_pings(string text) => Assert.True(IsPing(text));

    [Theory]
    [InlineData("")]
    [InlineData("PING")]
    [InlineData("\"ping\"")]
    [InlineData("""["ping"]""")]
    [InlineData("""{"type":"pong"}""")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":["ping"]}""")]
    [InlineData("""{"type":"ping" """)]
    [InlineData("null")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"\ud800":"ping"}""")]
    public void These_are_not(string text) => Assert.False(IsPing(text));

    [Fact]
    public void Nothing_that_a_client_may_send_throws() =>
        Gen.OneOf(Gen.String, Gen.String.Select(s => $"{{\"type\":\"{s}\"}}"), Gen.String.Select(s => $"{{\"{s}\":\"ping\"}}"),
            Gen.Int[0, 4000].Select(n => new string('[', n)))
            .Sample(text => Assert.Equal(text is "ping", IsPing(text)), iter: 10_000);

    private static bool IsPing(string text) => ClientMessage.IsPing(Encoding.UTF8.GetBytes(text));
}
