using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using PushNet.Web.Settings;

namespace PushNet.Web.Security.Peers;

/// <summary>Decides which web pages may read over HTTP (CORS). By default none may. No page may feed.</summary>
internal static class CrossOrigin
{
    /// <summary>
    /// For the addresses of the sockets: any page may read why it may not connect. Browsers hide the answer to a handshake, and the same
    /// address asked over HTTP has nothing to tell but that answer.
    /// </summary>
    public const string Refusals = "refusals";

    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(1);

    public static void AddTo(IServiceCollection services, PushNetOptions options) =>
        services.AddCors(cors =>
        {
            cors.AddDefaultPolicy(policy => Allow(policy, new OriginList(options.Origins, options.Rest.CorsOrigins)));
            cors.AddPolicy(Refusals, policy => Allow(policy, new OriginList(CorsConstants.AnyOrigin)));
        });

    private static void Allow(CorsPolicyBuilder policy, OriginList origins) =>
        (origins.HasAll ? policy.AllowAnyOrigin() : policy.SetIsOriginAllowed(origins.Has))
        .WithMethods(HttpMethods.Get)
        .WithHeaders(HeaderNames.Authorization, HeaderNames.IfNoneMatch)
        .WithExposedHeaders(HeaderNames.ETag, HeaderNames.RetryAfter)
        .SetPreflightMaxAge(PreflightAge);
}
