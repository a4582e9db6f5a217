using PushNet.Actors.Admission;
using PushNet.Web.Operations.Telemetry;
using PushNet.Web.Rest;
using PushNet.Web.Security.Keys;

namespace PushNet.Web.Sockets;

/// <summary>
/// The 503 of a server that is full or stopping (contract section 1.2), and the 429 of a key or an address whose own cap
/// is reached.
/// </summary>
internal static class Refusal
{
    public static Task Write(HttpResponse response, SlotRefused refused)
    {
        response.HttpContext.CountRefusal(refused.Draining ? RefusalReason.Draining : RefusalReason.Full);
        var retryAfterMs = RetryLater.Announce(response, StatusCodes.Status503ServiceUnavailable);
        var error = refused.Draining ? "the server is stopping; connect again later" : $"all {refused.Limit} connections are taken; connect again later";
        return response.WriteAsJsonAsync(new RetryLater(error, refused.Limit, retryAfterMs));
    }

    public static Task WriteTooManyFilters(HttpResponse response, int limit)
    {
        response.HttpContext.CountRefusal(RefusalReason.Filters);
        var retryAfterMs = RetryLater.Announce(response, StatusCodes.Status503ServiceUnavailable);
        var error = $"clients use {limit} different filters already, which is the most this server serves at once; connect without a filter, or with this one later";
        return response.WriteAsJsonAsync(new RetryLater(error, limit, retryAfterMs));
    }

    public static Task Write(HttpResponse response, ShareRefused refused, KeySecret secret) =>
        ShareUsedUp.Write(response, refused, secret, "connections", "close one, or connect again later");
}
