using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using PushNet.Web.Http;
using PushNet.Web.Security;
using PushNet.Web.Telemetry;

namespace PushNet.Web.Sockets;

/// <summary>
/// The opening handshake of HTTP/1.1 (RFC 6455 section 4.2) and of HTTP/2 (RFC 8441). Done here and not by the framework because
/// the upgraded stream itself is needed.
/// </summary>
internal static class Handshake
{
    private const string Version = "13";
    private const int NonceLength = 16;
    private static readonly byte[] Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8.ToArray();

    /// <summary>What keeps a request from being upgraded, as a sentence; null when nothing does.</summary>
    public static string? Fault(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (ExtendedConnect(context) is { } connect)
        {
            return connect.Protocol != "websocket" ? $"this address speaks WebSocket only, not {connect.Protocol}"
                : headers.SecWebSocketVersion is not [Version] ? $"Sec-WebSocket-Version must be {Version}"
                : null;
        }

        return context.Request.Protocol != HttpProtocol.Http11 ? "a WebSocket needs HTTP/1.1, or the extended CONNECT of HTTP/2"
            : context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } || !HasToken(headers.Upgrade, "websocket")
                ? "this address speaks WebSocket only: send \"Connection: Upgrade\" and \"Upgrade: websocket\""
            : headers.SecWebSocketVersion is not [Version] ? $"Sec-WebSocket-Version must be {Version}"
            : !IsNonce(headers.SecWebSocketKey) ? $"Sec-WebSocket-Key must be {NonceLength} bytes in base64"
            : null;
    }

    /// <summary>Answers a request that can't be upgraded.</summary>
    public static Task Refuse(HttpResponse response, string fault)
    {
        response.HttpContext.CountRefusal(RefusalReason.Handshake);

        // A 426 must name what to upgrade to (RFC 9110 section 15.5.22); HTTP/2 has no such header.
        if (!HttpProtocol.IsHttp2(response.HttpContext.Request.Protocol))
        {
            response.Headers.Upgrade = "websocket";
            response.Headers.Connection = "Upgrade";
        }

        response.Headers.SecWebSocketVersion = Version;
        return response.WriteErrorAsync(StatusCodes.Status426UpgradeRequired, fault);
    }

    /// <summary>Upgrades a request without <see cref="Fault"/>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="extension">The extension that is agreed on; null for none.</param>
    /// <returns>The stream below the WebSocket, and the sub-protocol that was agreed on.</returns>
    public static async Task<(Stream Stream, string? SubProtocol)> Accept(HttpContext context, string? extension)
    {
        var subProtocol = KeyCarrier.SubProtocolsOf(context.Request).Contains(KeyCarrier.SubProtocol) ? KeyCarrier.SubProtocol : null;
        var headers = context.Response.Headers;
        if (subProtocol is not null)
        {
            headers.SecWebSocketProtocol = subProtocol;
        }

        // Without an extension there is no header at all, because Safari fails on an empty one.
        if (extension is not null)
        {
            headers.SecWebSocketExtensions = extension;
        }

        if (ExtendedConnect(context) is { } connect)
        {
            return (await connect.AcceptAsync(), subProtocol);
        }

        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptFor(context.Request.Headers.SecWebSocketKey!);
        return (await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync(), subProtocol);
    }

    private static IHttpExtendedConnectFeature? ExtendedConnect(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect ? connect : null;

    private static string AcceptFor(string nonce) =>
        Convert.ToBase64String(SHA1.HashData([.. Encoding.ASCII.GetBytes(nonce.Trim()), .. Guid]));

    private static bool HasToken(Microsoft.Extensions.Primitives.StringValues header, string token) =>
        header.Any(value => value?.Split(',', StringSplitOptions.TrimEntries).Contains(token, StringComparer.OrdinalIgnoreCase) == true);

    private static bool IsNonce(Microsoft.Extensions.Primitives.StringValues key)
    {
        Span<byte> nonce = stackalloc byte[NonceLength + 2];
        return key is [{ } text] && Convert.TryFromBase64String(text, nonce, out var length) && length == NonceLength;
    }
}
