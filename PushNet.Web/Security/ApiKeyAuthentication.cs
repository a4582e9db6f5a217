using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PushNet.Web.Http;
using PushNet.Web.Security.Keys;
using PushNet.Web.Telemetry;

namespace PushNet.Web.Security;

/// <summary>The authentication scheme of the API: a key by one of the carriers, or 401 with a sentence.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ApiKeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "ApiKey";

    public static void AddTo(IServiceCollection services)
    {
        // AddAuthentication is not used, because it sets up data protection for cookies and writes keys of its own to the disk.
        services.AddWebEncoders();
        services.AddTransient<ApiKeyAuthentication>();
        services.AddAuthenticationCore(schemes =>
        {
            schemes.DefaultScheme = SchemeName;
            schemes.AddScheme<ApiKeyAuthentication>(SchemeName, null);
        });
        var policies = services.AddAuthorizationBuilder();
        foreach (var scope in KeyScope.All)
        {
            // Operators read the metrics as well.
            string[] opening = scope == KeyScope.Metrics ? [scope, KeyScope.Ops] : [scope];
            policies.AddPolicy(scope, policy => policy.RequireClaim(KeyIdentity.ScopeClaim, opening));
        }
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // On the operator port, only a header will do: an address with a key in it stays in the history of browsers and shells.
        if ((OperatorConnection.Carries(Context) ? KeyCarrier.FromBearer(Request) : KeyCarrier.Find(Request)) is not { } presented)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var (secret, fault) = keys.Find(presented);
        return Task.FromResult(secret is null
            ? AuthenticateResult.Fail(fault!)
            : AuthenticateResult.Success(new AuthenticationTicket(secret.Principal, SchemeName)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        await Refuse(result.Failure?.Message ?? $"a key is needed: send it as \"Authorization: Bearer "
            + $"KEY\"{(OperatorConnection.Carries(Context) ? "" : " or as ?key=KEY")}", RefusalReason.Key);
    }

    // A key that lacks the scope is answered like a wrong one (docs/protocol.md#connecting), but with the reason.
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Refuse("this key does not have the scope for this address", RefusalReason.Scope);

    private Task Refuse(string error, string reason)
    {
        Context.CountRefusal(reason);
        Response.Headers.WWWAuthenticate = "Bearer";
        return Response.WriteErrorAsync(StatusCodes.Status401Unauthorized, error);
    }
}
