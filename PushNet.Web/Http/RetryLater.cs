using System.Globalization;

namespace PushNet.Web.Http;

/// <summary>The body of a refusal that passes by itself.</summary>
/// <param name="Error">What is used up, as a sentence.</param>
/// <param name="Limit">How many there may be.</param>
/// <param name="RetryAfterMs">Milliseconds after which to come again.</param>
internal sealed record RetryLater(string Error, int Limit, long RetryAfterMs)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(8);

    /// <summary>Sets the status, and a different wait for each client, so that those who were refused don't come back together.</summary>
    /// <returns>The wait in milliseconds, for the body.</returns>
    public static long Announce(HttpResponse response, int status) =>
        Announce(response, status, Shortest + (Jitter * Random.Shared.NextDouble()));

    /// <summary>Sets the status, and <c>Retry-After</c> in whole seconds.</summary>
    /// <returns>The wait in milliseconds, for the body.</returns>
    public static long Announce(HttpResponse response, int status, TimeSpan wait)
    {
        response.StatusCode = status;
        response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return (long)wait.TotalMilliseconds;
    }
}
