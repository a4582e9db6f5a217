using System.Net.WebSockets;
using System.Text.RegularExpressions;
using PushNet.Web.Settings;

namespace PushNet.Web.Sockets;

/// <summary>
/// Agrees on permessage-deflate (RFC 7692 section 7.1), but only on terms under which one stream of compressed frames can be sent to many
/// clients: the server compresses with a window of 32 KB and keeps it from message to message. Clients compress each message by itself,
/// so that the server holds no window for what they send. Pure.
/// </summary>
internal static partial class SharedDeflate
{
    private const string Extension = "permessage-deflate";
    private const string ClientNoContextTakeover = "client_no_context_takeover";
    private const string ClientMaxWindowBits = "client_max_window_bits";
    private const string ServerMaxWindowBits = "server_max_window_bits";
    private const string FullWindow = "15";

    /// <summary>
    /// The options of .NET's WebSocket, which only receives with them. What its SendAsync compresses would have a context of its own and
    /// put the client out of step with its group, so nothing is sent that way. Control frames are never compressed.
    /// </summary>
    public static readonly WebSocketDeflateOptions Receiving = new() { ClientContextTakeover = false, ServerContextTakeover = false };

    /// <summary>What to answer a handshake whose extensions can be read.</summary>
    /// <param name="request">The handshake.</param>
    /// <param name="options">The settings of sockets.</param>
    /// <returns>The value of <c>Sec-WebSocket-Extensions</c>; null when messages stay plain.</returns>
    public static string? AnswerTo(HttpRequest request, SocketOptions options) =>
        options is { Compression: SocketOptions.On, Writer: SocketOptions.Gate }
        && !request.Query.ContainsKey(SubscriptionQuery.Compress)
        && !BrokenSafari().IsMatch(request.Headers.UserAgent.ToString())
            ? AnswerTo(ExtensionOffer.Read(request.Headers.SecWebSocketExtensions) ?? []) : null;

    /// <summary>Takes the first offer that fits.</summary>
    /// <returns>The answer; null when none fits.</returns>
    public static string? AnswerTo(IEnumerable<ExtensionOffer> offers) =>
        offers.FirstOrDefault(Fits) is not { } taken ? null
        : taken.Parameters.Contains((ServerMaxWindowBits, FullWindow))
        ? $"{Extension}; {ClientNoContextTakeover}; {ServerMaxWindowBits}={FullWindow}"

        // A client that did not offer a parameter of windows fails when it is answered one.
        : $"{Extension}; {ClientNoContextTakeover}";

    private static bool Fits(ExtensionOffer offer) =>
        offer.Name == Extension
        && offer.Parameters.DistinctBy(parameter => parameter.Name).Count() == offer.Parameters.Count
        && offer.Parameters.All(parameter => parameter is (ClientNoContextTakeover, null) or (ServerMaxWindowBits, FullWindow)
            or (ClientMaxWindowBits, null or "8" or "9" or "10" or "11" or "12" or "13" or "14" or FullWindow));

    // Safari 15.0 to 15.3, and everything else on iOS of these versions, fails on compressed messages.
    [GeneratedRegex(@"\bVersion/15\.[0-3]\b.* Safari/|\bOS 15_[0-3](_\d+)* like Mac OS X\b")]
    private static partial Regex BrokenSafari();
}
