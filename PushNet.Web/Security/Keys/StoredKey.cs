namespace PushNet.Web.Security.Keys;

/// <summary>A key as the file holds it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Limits">Its caps.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
/// <param name="RevokedAt">When it was revoked; null when it was not.</param>
/// <param name="LastUsedAt">When it was last presented, to the minute; null for never.</param>
/// <param name="OldSecretUntil">During a rotation, when the secret before ends; otherwise null.</param>
internal sealed record StoredKey(
    string Name,
    IReadOnlyList<string> Scopes,
    KeyLimits Limits,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? OldSecretUntil)
{
    /// <summary>active, expired or revoked.</summary>
    public string StatusAt(DateTimeOffset now) => RevokedAt is not null ? "revoked" : now >= ExpiresAt ? "expired" : "active";
}

/// <summary>What a new key is to be.</summary>
internal sealed record NewKey(string Name, IReadOnlyList<string> Scopes, KeyLimits Limits, DateTimeOffset? ExpiresAt);
