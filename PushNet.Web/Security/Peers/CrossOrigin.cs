using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using PushNet.Web.Settings;

namespace PushNet.Web.Security.Peers;

/// <summary>Which web pages may read over HTTP (CORS). None by default; reading only, since pages have no business to feed.</summary>
internal static class CrossOrigin
{
    /// <summary>
    /// For the addresses of the sockets: any page may read why it may not connect. Browsers hide the answer to a handshake, and the same
    /// address asked over HTTP has nothing to tell but that answer.
    /// </summary>
    public const string Refusals = "refusals";

    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(1);

    public static void AddTo(IServiceCollection services, RestOptions options) =>
        services.AddCors(cors =>
        {
            cors.AddDefaultPolicy(policy => Allow(policy, options.CorsOrigins));
            cors.AddPolicy(Refusals, policy => Allow(policy, CorsConstants.AnyOrigin));
        });

    private static void Allow(CorsPolicyBuilder policy, string origins) => policy
        .WithOrigins(origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .WithMethods(HttpMethods.Get)
        .WithHeaders(HeaderNames.Authorization, HeaderNames.IfNoneMatch)
        .WithExposedHeaders(HeaderNames.ETag, HeaderNames.RetryAfter)
        .SetPreflightMaxAge(PreflightAge);
}
