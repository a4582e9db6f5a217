using PushNet.Actors.Admission;
using PushNet.Web.Http;
using PushNet.Web.Security.Keys;
using PushNet.Web.Telemetry;

namespace PushNet.Web.Security.Peers;

/// <summary>The body of the 429 for a key or an address that has as much open as it may have.</summary>
/// <param name="Error">What is used up, as a sentence.</param>
/// <param name="Limit">How many it may have.</param>
/// <param name="Open">How many it has.</param>
/// <param name="RetryAfterMs">Milliseconds after which to come again.</param>
internal sealed record ShareUsedUp(string Error, int Limit, int Open, long RetryAfterMs)
{
    /// <summary>Answers a request that was refused.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="refused">The share that is used up.</param>
    /// <param name="secret">The key that was presented.</param>
    /// <param name="what">What is counted, in the plural.</param>
    /// <param name="remedy">What to do.</param>
    public static Task Write(HttpResponse response, ShareRefused refused, HashedSecret secret, string what, string remedy) =>
        Write(response, refused, NameOf(refused.Share.Owner, secret), what, remedy);

    /// <summary>Answers in the same way for a share that belongs to neither a key nor an address.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="refused">The share that is used up.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="what">What is counted, in the plural.</param>
    /// <param name="remedy">What to do.</param>
    public static Task Write(HttpResponse response, ShareRefused refused, string owner, string what, string remedy)
    {
        response.HttpContext.CountRefusal(RefusalReason.Share);
        var retryAfterMs = RetryLater.Announce(response, StatusCodes.Status429TooManyRequests);
        var error = $"{owner} may have {refused.Share.Limit} {what} at once and has {refused.Open}; {remedy}";
        return response.WriteAsJsonAsync(new ShareUsedUp(error, refused.Share.Limit, refused.Open, retryAfterMs));
    }

    /// <summary>What the owner of a share is called in a sentence.</summary>
    /// <param name="owner">The id of a key, or an address.</param>
    /// <param name="secret">The key that was presented.</param>
    public static string NameOf(string owner, HashedSecret secret) =>
        owner == secret.Key.Id ? $"the key \"{secret.Key.Name}\"" : $"the address {owner}";
}
