using PushNet.Actors.Admission;

namespace PushNet.Web.Sockets;

/// <summary>The 503 of a server that is full or stopping (contract section 1.2). The delay is jittered so that those who were refused don't come back together.</summary>
internal static class Refusal
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(8);

    public static Task Write(HttpResponse response, SlotRefused refused)
    {
        var retryAfter = Shortest + (Jitter * Random.Shared.NextDouble());
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = ((int)Math.Ceiling(retryAfter.TotalSeconds)).ToString();
        return response.WriteAsJsonAsync(new Body(
            refused.Draining ? "the server is stopping; connect again later" : $"all {refused.Limit} connections are taken; connect again later",
            refused.Limit,
            (long)retryAfter.TotalMilliseconds));
    }

    private sealed record Body(string Error, int Limit, long RetryAfterMs);
}
