using CsCheck;
using PushNet.Web.Security.Redaction;

namespace PushNet.Tests.Security.Redaction;

public sealed class RedactorTests
{
    private const string Secret = "a-Secret_key-0123456789";

    [Theory]
    [InlineData("Request starting HTTP/1.1 GET http://x/ws/live?key={0} - - -")]
    [InlineData("?key={0}")]
    [InlineData("http://x/ws/odds?league=nba&key={0}&book=b")]
    [InlineData("http://x/ws/odds?k%65y={0}")]
    [InlineData("Invalid request line: 'GET  /ws/live?key={0} HTTP/1.1\\x0D'")]
    [InlineData("Invalid request line: 'G?T {0}'")]
    [InlineData("Invalid request header: 'Authorization Bearer {0}\\x0D'")]
    [InlineData("Invalid Host header: 'a, {0}'")]
    [InlineData("Invalid content length: {0}")]
    [InlineData("Unrecognized HTTP version: '{0}'")]
    [InlineData("determined because the final transfer coding was set to '{0}' instead of 'chunked'.")]
    [InlineData("Authorization: Bearer {0}")]
    [InlineData("bearer {0}")]
    [InlineData("Bearer Bearer {0}")]
    [InlineData("Authorization:Bearer {0}")]
    [InlineData("Sec-WebSocket-Protocol: pushnet.v1, key.{0}")]
    [InlineData("pushnet.v1, key.{0}")]
    [InlineData("found pn_live_{0} somewhere")]
    [InlineData("found pn_odds_{0} somewhere")]
    [InlineData("found pn_ingest_{0} somewhere")]
    [InlineData("found pn_ops_{0} somewhere")]
    [InlineData("System.Exception: Invalid request line: 'GET /?key={0}'\n   at Somewhere()\n---> ?key={0}")]
    public void A_secret_goes_wherever_it_stands(string text)
    {
        var redacted = Redactor.Redact(text.Replace("{0}", Secret, StringComparison.Ordinal));

        Assert.DoesNotContain(Secret, redacted);
        Assert.Contains("[redacted]", redacted);
    }

    [Theory]
    [InlineData("PushNet listens on http://127.0.0.1:8080")]
    [InlineData("Connection 17 aborted: the socket takes nothing")]
    [InlineData("Keys in /var/lib/pushnet/keys.db can't be read")]
    [InlineData("System.InvalidOperationException: Invalid state: 7")]
    [InlineData("Authorization was successful.")]
    [InlineData("it's 5 o'clock & all is well?")]
    public void What_holds_no_secret_is_left_as_the_same_object(string text) => Assert.Same(text, Redactor.Redact(text));

    [Fact]
    public void What_commands_a_terminal_is_replaced_and_lines_stay() =>
        Assert.Equal(
            "game \uFFFD[2J\uFFFD31m\uFFFD\r\n\tat Somewhere()", Redactor.Redact("game \u001b[2J\u009b31m\u0007\r\n\tat Somewhere()"));

    [Fact]
    public void What_stands_around_a_secret_stays() => Assert.Equal(
        "GET /ws/live?key=[redacted]&acks=[redacted] HTTP/1.1 failed", Redactor.Redact(
            $"GET /ws/live?key={Secret}&acks=1 HTTP/1.1 failed"));

    [Fact]
    public void A_secret_behind_a_carrier_goes_whatever_surrounds_it()
    {
        string[] parts = ["?", "&", "=", "Bearer ", " ", "'", "Invalid request line: '", "\n", "text", "https://host/path"];
        string[] carriers = ["?key=", "&key=", "Bearer ", "key."];
        Gen.Select(Gen.Int[0, parts.Length - 1].Array[0, 8], Gen.Int[0, carriers.Length - 1], Gen.Int[0, parts.Length - 1].Array[0, 8])
            .Sample((before, carrier, after) => Assert.DoesNotContain(
                Secret, Redactor.Redact(string.Concat(
                    [.. before.Select(i => parts[i]), " ", carriers[carrier], Secret, " ", .. after.Select(i => parts[i])]))), iter: 5000);
    }
}
