using PushNet.Actors.Admission;
using PushNet.Web.Http;
using PushNet.Web.Rest;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Peers;
using PushNet.Web.Telemetry;

namespace PushNet.Web.Sockets;

/// <summary>
/// The 503 of a server that is full or stopping, and the 429 of a key or an address whose own cap is reached
/// (docs/protocol.md#connecting).
/// </summary>
internal static class Refusal
{
    public static Task Write(HttpResponse response, SlotRefused refused)
    {
        response.HttpContext.CountRefusal(refused.Draining ? RefusalReason.Draining : RefusalReason.Full);
        var retryAfterMs = Close(response);
        var error = refused.Draining ? "the server is stopping; connect again later" : $"all {refused.Limit} connections are taken; connect again later";
        return response.WriteAsJsonAsync(new RetryLater(error, refused.Limit, retryAfterMs));
    }

    public static Task Write(HttpResponse response, FilterRefused refused, KeySecret secret)
    {
        if (refused.Owner is { } owner)
        {
            var share = new ShareRefused(new SlotShare(owner, refused.Limit), refused.Limit);
            return ShareUsedUp.Write(response, share, secret, "different filters", "use one of them, connect without a filter, or again later");
        }

        response.HttpContext.CountRefusal(RefusalReason.Filters);
        var retryAfterMs = Close(response);
        var error = $"clients use {refused.Limit} different filters already, which is the most this server serves at once; "
            + "connect without a filter, or with this one later";
        return response.WriteAsJsonAsync(new RetryLater(error, refused.Limit, retryAfterMs));
    }

    public static Task Write(HttpResponse response, ShareRefused refused, KeySecret secret) =>
        ShareUsedUp.Write(response, refused, secret, "connections", "close one, or connect again later");

    // A visitor who waits to come again must not take up a file meanwhile. Over HTTP/2 there may be others on the connection.
    private static long Close(HttpResponse response)
    {
        if (!HttpProtocol.IsHttp2(response.HttpContext.Request.Protocol))
        {
            response.Headers.Connection = "close";
        }

        return RetryLater.Announce(response, StatusCodes.Status503ServiceUnavailable);
    }
}
