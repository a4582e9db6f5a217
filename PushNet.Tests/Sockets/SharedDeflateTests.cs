using Microsoft.AspNetCore.Http;
using PushNet.Web.Settings;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

/// <summary>The negotiation of RFC 7692 section 7.1, offer by offer.</summary>
public sealed class SharedDeflateTests
{
    private const string Answer = "permessage-deflate; client_no_context_takeover";
    private const string WithWindow = Answer + "; server_max_window_bits=15";

    private static readonly SocketOptions On = new() { Compression = "on", Writer = "gate" };

    [Theory]

    // What clients send today: browsers, ws and undici; aiohttp; .NET; autobahn.
    [InlineData("permessage-deflate; client_max_window_bits", Answer)]
    [InlineData("permessage-deflate", Answer)]
    [InlineData("permessage-deflate; client_no_context_takeover; client_max_window_bits", Answer)]
    [InlineData("permessage-deflate; server_max_window_bits=15; client_max_window_bits=15", WithWindow)]
    [InlineData("permessage-deflate; client_max_window_bits=8", Answer)]
    [InlineData("permessage-deflate; client_max_window_bits=\"12\"", Answer)]
    [InlineData("permessage-deflate; client_no_context_takeover", Answer)]
    [InlineData("permessage-deflate; server_max_window_bits=\"15\"", WithWindow)]

    // What one stream for all can't do: a smaller window, or none.
    [InlineData("permessage-deflate; server_no_context_takeover; client_no_context_takeover", null)]
    [InlineData("permessage-deflate; server_no_context_takeover", null)]
    [InlineData("permessage-deflate; server_max_window_bits=8", null)]
    [InlineData("permessage-deflate; server_max_window_bits=14", null)]

    // What must be declined: values that are missing, wrong or too many, and parameters that are unknown or come twice.
    [InlineData("permessage-deflate; server_max_window_bits", null)]
    [InlineData("permessage-deflate; server_max_window_bits=16", null)]
    [InlineData("permessage-deflate; server_max_window_bits=015", null)]
    [InlineData("permessage-deflate; client_max_window_bits=7", null)]
    [InlineData("permessage-deflate; client_max_window_bits=16", null)]
    [InlineData("permessage-deflate; client_max_window_bits=08", null)]
    [InlineData("permessage-deflate; client_max_window_bits=+9", null)]
    [InlineData("permessage-deflate; client_max_window_bits=x", null)]
    [InlineData("permessage-deflate; client_no_context_takeover=1", null)]
    [InlineData("permessage-deflate; server_no_context_takeover=15", null)]
    [InlineData("permessage-deflate; mystery", null)]
    [InlineData("permessage-deflate; client_max_window_bits; client_max_window_bits", null)]
    [InlineData("permessage-deflate; client_max_window_bits; client_max_window_bits=15", null)]
    [InlineData("permessage-deflate; server_max_window_bits=15; server_max_window_bits=15", null)]
    [InlineData("permessage-deflate; client_no_context_takeover; client_no_context_takeover", null)]

    // Other extensions, and none.
    [InlineData("x-webkit-deflate-frame", null)]
    [InlineData("permessage-bzip2; client_max_window_bits", null)]
    [InlineData("", null)]

    // Several offers: the first that fits.
    [InlineData("permessage-deflate; server_no_context_takeover, permessage-deflate", Answer)]
    [InlineData("permessage-deflate; server_max_window_bits=10, permessage-deflate; server_max_window_bits=15", WithWindow)]
    [InlineData("permessage-deflate, permessage-deflate; server_max_window_bits=15", Answer)]
    [InlineData("permessage-deflate; mystery, permessage-deflate; server_max_window_bits=9", null)]
    [InlineData("mystery; mode=1, permessage-deflate", Answer)]
    public void An_offer_gets_its_answer(string offer, string? answer) => Assert.Equal(answer, SharedDeflate.AnswerTo(Request(offer), On));

    [Fact]
    public void Without_a_header_nothing_is_answered() => Assert.Null(SharedDeflate.AnswerTo(new DefaultHttpContext().Request, On));

    [Theory]
    [InlineData("on", "gate", "?key=abc", true)]
    [InlineData("off", "gate", "?key=abc", false)]
    [InlineData("on", "web-socket", "?key=abc", false)]
    [InlineData("on", "gate", "?key=abc&compress=off", false)]
    public void Setting_writer_and_query_can_each_turn_it_off(string compression, string writer, string query, bool isOn)
    {
        var request = Request("permessage-deflate");
        request.QueryString = new QueryString(query);

        Assert.Equal(
            isOn ? Answer : null, SharedDeflate.AnswerTo(request, new SocketOptions { Compression = compression, Writer = writer }));
    }

    [Theory]
    [InlineData("Macintosh; Intel Mac OS X 10_15_7", "Version/15.0 Safari/605.1.15", false)]
    [InlineData("Macintosh; Intel Mac OS X 10_15_7", "Version/15.3.1 Safari/605.1.15", false)]
    [InlineData("Macintosh; Intel Mac OS X 10_15_7", "Version/15.4 Safari/605.1.15", true)]
    [InlineData("Macintosh; Intel Mac OS X 10_15_7", "Version/15.30 Safari/605.1.15", true)]
    [InlineData("Macintosh; Intel Mac OS X 10_15_7", "Version/14.1 Safari/605.1.15", true)]
    [InlineData("iPhone; CPU iPhone OS 15_2 like Mac OS X", "Version/15.2 Mobile/15E148 Safari/604.1", false)]
    [InlineData("iPhone; CPU iPhone OS 15_3_1 like Mac OS X", "CriOS/98.0 Mobile/15E148 Safari/604.1", false)]
    [InlineData("iPhone; CPU iPhone OS 15_7 like Mac OS X", "CriOS/98.0 Mobile/15E148 Safari/604.1", true)]
    [InlineData("X11; Linux x86_64", "Chrome/150.0.0.0 Safari/537.36", true)]
    public void Versions_of_Safari_that_can_not_read_compressed_messages_get_plain_ones(string system, string browser, bool isOn)
    {
        var request = Request("permessage-deflate; client_max_window_bits");
        request.Headers.UserAgent = $"Mozilla/5.0 ({system}) AppleWebKit/605.1.15 (KHTML, like Gecko) {browser}";

        Assert.Equal(isOn ? Answer : null, SharedDeflate.AnswerTo(request, On));
    }

    private static HttpRequest Request(string offer)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.SecWebSocketExtensions = offer;
        return request;
    }
}
