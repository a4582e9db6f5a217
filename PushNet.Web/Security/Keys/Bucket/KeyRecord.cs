using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using PushNet.Web.Http;

namespace PushNet.Web.Security.Keys.Bucket;

/// <summary>A key as the bucket holds it, as JSON. What was taken from it stands beside it, see <see cref="KeyRecords"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scopes">What it might do when it was made.</param>
/// <param name="MaxConnections">See <see cref="KeyLimits.MaxConnections"/>.</param>
/// <param name="MaxLinesPerSecond">See <see cref="KeyLimits.MaxLinesPerSecond"/>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
/// <param name="Secrets">The hashes of its secrets, the newest last; two during a rotation.</param>
internal sealed record KeyRecord(
    string Name,
    IReadOnlyList<string> Scopes,
    int? MaxConnections,
    int? MaxLinesPerSecond,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    IReadOnlyList<KeyRecord.Secret> Secrets)
{
    private static readonly JsonSerializerOptions Json = SnakeCase.Set(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = false,
    });

    /// <summary>Its caps.</summary>
    [JsonIgnore]
    public KeyLimits Limits => new(MaxConnections, MaxLinesPerSecond);

    /// <summary>A key of a file.</summary>
    /// <param name="key">The key.</param>
    /// <param name="secrets">Its secrets.</param>
    public static KeyRecord Of(StoredKey key, IEnumerable<HashedSecret> secrets) => new(
        key.Name,
        key.Scopes,
        key.Limits.MaxConnections,
        key.Limits.MaxLinesPerSecond,
        key.CreatedAt,
        key.ExpiresAt,
        [
            .. from secret in secrets
               orderby secret.ExpiresAt ?? DateTimeOffset.MaxValue
               select new Secret(secret.Hash.ToArray(), secret.ExpiresAt == key.ExpiresAt ? null : secret.ExpiresAt),
        ]);

    /// <summary>The bytes of a key.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads a key.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static KeyRecord Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<KeyRecord>(bytes, Json) is { Name: not null, Scopes.Count: > 0, Secrets: not null } record
            && record.Scopes.All(scope => scope is not null)
            && record.Secrets.All(secret => secret is { Sha256.Length: SHA256.HashSizeInBytes })
            ? record : throw new JsonException("it has no name, no scope, or a hash that is none");

    /// <summary>A secret of a key.</summary>
    /// <param name="Sha256">Its hash.</param>
    /// <param name="ExpiresAt">When it stops opening anything because another took its place; null for never.</param>
    internal sealed record Secret(byte[] Sha256, DateTimeOffset? ExpiresAt);
}
