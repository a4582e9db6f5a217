using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;

namespace PushNet.Web.Security.Keys;

/// <summary>All secrets that are known at one moment. Immutable.</summary>
internal sealed class KeyTable
{
    // Found by the first bytes of the hash, so that a thousand keys cost no more than one. A caller can't choose the hash of what it
    // presents, so the time of the lookup tells nothing about a secret. What is found is compared in constant time.
    private readonly FrozenDictionary<ulong, HashedSecret[]> _secrets;

    public KeyTable(IEnumerable<HashedSecret> secrets) =>
        _secrets = secrets.GroupBy(secret => Prefix(secret.Hash)).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>The secret with a hash, expired or not; null when there is none.</summary>
    public HashedSecret? Find(ReadOnlySpan<byte> hash)
    {
        if (!_secrets.TryGetValue(Prefix(hash), out var candidates))
        {
            return null;
        }

        HashedSecret? found = null;
        foreach (var candidate in candidates)
        {
            // The first wins: keys of the settings stand before stored ones.
            found ??= CryptographicOperations.FixedTimeEquals(candidate.Hash, hash) ? candidate : null;
        }

        return found;
    }

    /// <summary>How many keys end by themselves between two moments. A secret that ends in a rotation is not the end of its key.</summary>
    public int Expiring(DateTimeOffset from, DateTimeOffset until) => _secrets.Values
        .SelectMany(secrets => secrets)
        .GroupBy(secret => secret.Key.Id)
        .Count(secrets => secrets.All(secret => secret.ExpiresAt <= until) && secrets.Any(secret => secret.ExpiresAt > from));

    private static ulong Prefix(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64BigEndian(hash);
}
