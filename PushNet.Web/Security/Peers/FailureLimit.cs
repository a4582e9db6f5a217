using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using PushNet.Web.Http;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;
using PushNet.Web.Telemetry;

namespace PushNet.Web.Security.Peers;

/// <summary>
/// How many requests without a good key an address may send in a minute. Only they are counted, so a right key is never refused.
/// </summary>
internal static class FailureLimit
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddTo(IServiceCollection services, LimitOptions options)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>().Configure<PeerLimits>((limiter, peers) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                peers.AddressOf(context) is { } address
                    ? RateLimitPartition.GetFixedWindowLimiter(address,
                        _ => new FixedWindowRateLimiterOptions { PermitLimit = options.MaxFailuresPerAddress, Window = Window })
                    : RateLimitPartition.GetNoLimiter(""));
            limiter.OnRejected = (rejected, _) => Refuse(
                rejected.HttpContext.Response, rejected.Lease, options.MaxFailuresPerAddress);
        });
    }

    /// <summary>
    /// Sends what failed through the limiter. What did not fail bypasses it, and holds nothing of it while a socket is open.
    /// </summary>
    public static void UseFailureLimit(this IApplicationBuilder app, LimitOptions options)
    {
        if (options.MaxFailuresPerAddress > 0)
        {
            app.UseWhen(LacksKey, failed => failed.UseRateLimiter());
        }
    }

    private static bool LacksKey(HttpContext context) =>
        context.User.Identity is not KeyIdentity && context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null;

    private static ValueTask Refuse(HttpResponse response, RateLimitLease lease, int limit)
    {
        response.HttpContext.CountRefusal(RefusalReason.Failures);
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : Window;
        var retryAfterMs = RetryLater.Announce(response, StatusCodes.Status429TooManyRequests, wait);
        return new ValueTask(response.WriteAsJsonAsync(new RetryLater(
            "too many requests without a good key came from this address; mend the key and come again later", limit, retryAfterMs)));
    }
}
