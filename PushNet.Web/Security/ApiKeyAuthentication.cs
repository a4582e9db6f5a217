using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PushNet.Web.Rest;

namespace PushNet.Web.Security;

/// <summary>The authentication scheme of the API: a key by one of the carriers, or 401 with a sentence.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ApiKeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string ScopeClaim = "scope";

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ApiKeyRing>();

        // Not AddAuthentication, which sets up data protection for cookies and writes keys of its own to the disk.
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
            policies.AddPolicy(scope, policy => policy.RequireClaim(ScopeClaim, scope));
        }
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyCarrier.Find(Request) is not { } presented)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (keys.Find(presented) is not { } key)
        {
            return Task.FromResult(AuthenticateResult.Fail("unknown key"));
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, key.Name), .. key.Scopes.Select(s => new Claim(ScopeClaim, s))], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var error = (await HandleAuthenticateOnceSafeAsync()).None
            ? "a key is needed: send it as \"Authorization: Bearer KEY\" or as ?key=KEY"
            : "this key is not known";
        await Refuse(error);
    }

    // A key that lacks the scope is answered like a wrong one (contract section 1), but told why.
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refuse("this key does not have the scope for this address");

    private Task Refuse(string error)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Response.WriteErrorAsync(StatusCodes.Status401Unauthorized, error);
    }
}
