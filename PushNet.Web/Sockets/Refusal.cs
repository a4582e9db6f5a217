using Microsoft.Extensions.Primitives;
using PushNet.Actors.Admission;
using PushNet.Web.Http;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Peers;
using PushNet.Web.Telemetry;

namespace PushNet.Web.Sockets;

/// <summary>Why a client gets no place: the answer to its request, which is counted when it is written.</summary>
internal sealed class Refusal(Func<HttpResponse, Task> write) : EntranceReply
{
    /// <summary>Answers.</summary>
    public Task WriteAsync(HttpResponse response) => write(response);

    /// <summary>What is asked for makes no sense.</summary>
    /// <param name="fault">Why, as a sentence.</param>
    public static Refusal Query(string fault) => new(response =>
    {
        response.HttpContext.CountRefusal(RefusalReason.Query);
        return response.WriteErrorAsync(StatusCodes.Status400BadRequest, fault);
    });

    /// <summary>The extensions that are offered can't be read.</summary>
    /// <param name="offered">The header.</param>
    public static Refusal Extensions(StringValues offered) => new(response =>
    {
        response.HttpContext.CountRefusal(RefusalReason.Handshake);
        return response.WriteErrorAsync(
            StatusCodes.Status400BadRequest, $"Sec-WebSocket-Extensions is \"{offered}\", which is no list of extensions");
    });

    /// <summary>The page may not connect.</summary>
    /// <param name="origin">Where it is from.</param>
    public static Refusal Origin(StringValues origin) => new(response =>
    {
        response.HttpContext.CountRefusal(RefusalReason.Origin);
        return response.WriteErrorAsync(
            StatusCodes.Status403Forbidden,
            $"pages of {origin} may not connect; the server's setting PushNet__Origins lists those that may");
    });

    /// <summary>The request can't be upgraded.</summary>
    /// <param name="fault">Why, as a sentence.</param>
    public static Refusal NoHandshake(string fault) => new(response => Handshake.Refuse(response, fault));

    /// <summary>The server is full, or admits nobody.</summary>
    public static Refusal Of(SlotRefused refused) => new(response =>
    {
        response.HttpContext.CountRefusal(refused.Closed is null ? RefusalReason.Full : RefusalReason.Draining);
        var retryAfterMs = Close(response);
        var error = refused.Closed ?? $"all {refused.Limit} connections are taken";
        return response.WriteAsJsonAsync(new RetryLater($"{error}; connect again later", refused.Limit, retryAfterMs));
    });

    /// <summary>The key or the address has all the connections that it may have.</summary>
    /// <param name="refused">Which of them.</param>
    /// <param name="secret">The key that was presented.</param>
    public static Refusal Of(ShareRefused refused, HashedSecret secret) => new(response =>
        ShareUsedUp.Write(response, refused, secret, "connections", "close one, or connect again later"));

    /// <summary>There are as many different filters as there may be, or as the key or the address may have.</summary>
    /// <param name="refused">Which of these.</param>
    /// <param name="secret">The key that was presented.</param>
    public static Refusal Of(FilterRefused refused, HashedSecret secret) => new(response =>
    {
        if (refused.Owner is { } owner)
        {
            var share = new ShareRefused(new SlotShare(owner, refused.Limit), refused.Limit);
            return ShareUsedUp.Write(
                response, share, secret, "different filters", "use one of them, connect without a filter, or again later");
        }

        response.HttpContext.CountRefusal(RefusalReason.Filters);
        var retryAfterMs = Close(response);
        var error = $"clients use {refused.Limit} different filters already, which is the most this server serves at once; "
            + "connect without a filter, or with this one later";
        return response.WriteAsJsonAsync(new RetryLater(error, refused.Limit, retryAfterMs));
    });

    // A client that waits to come again must not take up a file meanwhile. Over HTTP/2 there may be others on the connection.
    private static long Close(HttpResponse response)
    {
        if (!HttpProtocol.IsHttp2(response.HttpContext.Request.Protocol))
        {
            response.Headers.Connection = "close";
        }

        return RetryLater.Announce(response, StatusCodes.Status503ServiceUnavailable);
    }
}
