using System.Security.Claims;
using PushNet.Actors.Admission;

namespace PushNet.Web.Security.Keys;

/// <summary>One of the secrets of a key, as its hash. During a rotation a key has two.</summary>
/// <param name="hash">SHA-256 of the secret.</param>
/// <param name="expiresAt">When it stops opening anything; null for never.</param>
/// <param name="key">The key that it opens.</param>
internal sealed class HashedSecret(byte[] hash, DateTimeOffset? expiresAt, ApiKey key)
{
    public ReadOnlySpan<byte> Hash => hash;

    /// <summary>From when it opens nothing; null: never.</summary>
    public DateTimeOffset? ExpiresAt => expiresAt;

    public ApiKey Key => key;

    /// <summary>The owner of this secret. All its requests share one object, so that a connection holds none of its own.</summary>
    public ClaimsPrincipal Principal => field ??= new ClaimsPrincipal(new KeyIdentity(this));

    /// <summary>The connections that the key may have; null when it has no cap.</summary>
    public SlotShare? Share { get; } = key.Limits.MaxConnections is { } most ? new SlotShare(key.Id, most) : null;

    public bool IsExpired(DateTimeOffset now) => now >= expiresAt;
}

/// <summary>The identity of a client that presented a secret: its name is that of the key, its claims are the scopes.</summary>
internal sealed class KeyIdentity(HashedSecret secret) : ClaimsIdentity(
    [new Claim(ClaimTypes.Name, secret.Key.Name), .. secret.Key.Scopes.Select(scope => new Claim(ScopeClaim, scope))], AuthenticationMethod)
{
    public const string ScopeClaim = "scope";

    private const string AuthenticationMethod = "ApiKey";

    public HashedSecret Secret => secret;

    /// <summary>The secret of a request that was let in by authorization.</summary>
    public static HashedSecret Of(HttpContext context) => ((KeyIdentity)context.User.Identity!).Secret;
}
