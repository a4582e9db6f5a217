using PushNet.Actors.Admission;
using PushNet.Web.Operations.Telemetry;
using PushNet.Web.Rest;
using PushNet.Web.Security.Keys;

namespace PushNet.Web.Sockets;

/// <summary>
/// The 503 of a server that is full or stopping (contract section 1.2), and the 429 of a key or an address whose own cap
/// is reached. The delay is jittered so that those who were refused don't come back together.
/// </summary>
internal static class Refusal
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(8);

    public static Task Write(HttpResponse response, SlotRefused refused)
    {
        response.HttpContext.CountRefusal(refused.Draining ? RefusalReason.Draining : RefusalReason.Full);
        var retryAfterMs = RetryAfter(response, StatusCodes.Status503ServiceUnavailable);
        var error = refused.Draining ? "the server is stopping; connect again later" : $"all {refused.Limit} connections are taken; connect again later";
        return response.WriteAsJsonAsync(new RetryLater(error, refused.Limit, retryAfterMs));
    }

    public static Task Write(HttpResponse response, FilterRefused refused, KeySecret secret)
    {
        response.HttpContext.CountRefusal(RefusalReason.Filters);
        var isFull = refused.Owner is null;
        var retryAfterMs = RetryAfter(response, isFull ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status429TooManyRequests);
        var error = isFull
            ? $"clients use {refused.Limit} different filters already, which is the most this server serves at once; connect without a filter, or with this one later"
            : $"the {NameOf(refused.Owner!, secret)} may use {refused.Limit} different filters at once and does; use one of them, connect without a filter, or again later";
        return response.WriteAsJsonAsync(new RetryLater(error, refused.Limit, retryAfterMs));
    }

    public static Task Write(HttpResponse response, ShareRefused refused, KeySecret secret)
    {
        response.HttpContext.CountRefusal(RefusalReason.Share);
        var retryAfterMs = RetryAfter(response, StatusCodes.Status429TooManyRequests);
        var error = $"the {NameOf(refused.Share.Owner, secret)} may have {refused.Share.Limit} connections at once and has {refused.Open}; close one, or connect again later";
        return response.WriteAsJsonAsync(new ShareUsedUp(error, refused.Share.Limit, refused.Open, retryAfterMs));
    }

    private static string NameOf(string owner, KeySecret secret) => owner == secret.Key.Id ? $"key \"{secret.Key.Name}\"" : $"address {owner}";

    private static long RetryAfter(HttpResponse response, int status) =>
        RetryLater.Announce(response, status, Shortest + (Jitter * Random.Shared.NextDouble()));

    private sealed record ShareUsedUp(string Error, int Limit, int Open, long RetryAfterMs);
}
