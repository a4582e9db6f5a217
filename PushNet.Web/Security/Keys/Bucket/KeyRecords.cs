using System.Globalization;
using System.Text;
using System.Text.Json;
using PushNet.Actors.Clock;

namespace PushNet.Web.Security.Keys.Bucket;

/// <summary>
/// What the bucket holds: <c>key.&lt;id&gt;</c> is a key, <c>key.&lt;id&gt;.revoked</c> says that it was revoked, and
/// <c>key.&lt;id&gt;.revoked.&lt;scope&gt;</c> that it lost a scope. A revocation is a record of its own, so that nothing that somebody
/// else writes at the same time brings the key back. Not thread-safe; no I/O.
/// </summary>
internal sealed class KeyRecords
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "key.";

    private const string Revoked = "revoked";

    private readonly SortedDictionary<string, KeyRecord> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _revoked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _nextNumbers = new(StringComparer.Ordinal);

    /// <summary>True when it holds no keys, not even revoked ones.</summary>
    public bool IsEmpty => _keys.Count == 0;

    /// <summary>The id of the next key of a name. It was never used, so whoever makes it first has made it.</summary>
    public string NextId(string name) => $"{Token(name)}.{_nextNumbers.GetValueOrDefault(Token(name))}";

    /// <summary>Where the bucket holds a key.</summary>
    public static string PlaceOf(string id) => $"{Prefix}{id}";

    /// <summary>Where the bucket says that a key was revoked.</summary>
    /// <param name="id">The key.</param>
    /// <param name="scope">The scope that it lost; null: all.</param>
    public static string PlaceOfRevocation(string id, string? scope) =>
        $"{Prefix}{id}.{Revoked}{(scope is null ? "" : $".{scope}")}";

    /// <summary>A moment as the bucket holds it: epoch milliseconds.</summary>
    public static byte[] Write(Moment moment) => Encoding.ASCII.GetBytes(moment.Ts.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a moment; null when it is none.</summary>
    public static DateTimeOffset? ReadMoment(ReadOnlySpan<byte> bytes) =>
        long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var ts)
            && ts <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(ts) : null;

    /// <summary>Takes what stands at a place now.</summary>
    /// <param name="place">The place.</param>
    /// <param name="bytes">What stands there; null when it was deleted.</param>
    /// <exception cref="KeyStoreException">It can't be read.</exception>
    public void Take(string place, ReadOnlyMemory<byte>? bytes)
    {
        var parts = place[Prefix.Length..].Split('.');
        if (parts is [var name, var number, ..] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var used))
        {
            // What was deleted counts too: the bucket takes nothing new where something stood.
            _nextNumbers[name] = Math.Max(_nextNumbers.GetValueOrDefault(name), used + 1);
        }

        try
        {
            switch (parts, bytes)
            {
                case ([_, _], { } record):
                    _keys[place] = KeyRecord.Read(record.Span);
                    break;
                case ([_, _], null):
                    _keys.Remove(place);
                    break;
                case ([_, _, Revoked, ..], { } moment):
                    _revoked[place] = ReadMoment(moment.Span) ?? throw new JsonException("it is no time");
                    break;
                case ([_, _, Revoked, ..], null):
                    _revoked.Remove(place);
                    break;
            }
        }
        catch (JsonException e)
        {
            throw new KeyStoreException($"{place} can't be read: {e.Message}. Put back what was there, or delete it.", e);
        }
    }

    /// <summary>The key of a name that is in use; null when there is none.</summary>
    public InUse? Find(string name) => All().Where(one => one.Record.Name == name && one.RevokedAt is null)
        .Select(one => new InUse(one.Id, one.Record, one.Scopes)).FirstOrDefault();

    /// <summary>The secrets of all keys that are in use.</summary>
    public IReadOnlyList<HashedSecret> Secrets() =>
    [
        .. from one in All()
           where one.RevokedAt is null
           let key = new ApiKey(one.Id, one.Record.Name, one.Scopes, one.Record.Limits)
           from secret in one.Record.Secrets
           select new HashedSecret(secret.Sha256, Earlier(secret.ExpiresAt, one.Record.ExpiresAt), key),
    ];

    /// <summary>All keys, revoked ones too, in the order in which they were made.</summary>
    /// <param name="lastUseOf">When a key was last used, by its id.</param>
    public IReadOnlyList<StoredKey> Keys(Func<string, DateTimeOffset?> lastUseOf) =>
    [
        .. from one in All()
           orderby one.Record.CreatedAt
           select new StoredKey(
               one.Record.Name,
               one.Scopes,
               one.Record.Limits,
               one.Record.CreatedAt,
               one.Record.ExpiresAt,
               one.RevokedAt,
               lastUseOf(one.Id),
               one.RevokedAt is null ? one.Record.Secrets.Max(secret => secret.ExpiresAt) : null),
    ];

    /// <summary>A name of a key or a server as a part of a place: a dot would divide it.</summary>
    public static string Token(string name) => name.Replace('.', '=');

    private IEnumerable<(string Id, KeyRecord Record, IReadOnlyList<string> Scopes, DateTimeOffset? RevokedAt)> All() =>
        _keys.Select(one =>
        {
            var id = one.Key[Prefix.Length..];
            var left = one.Value.Scopes.Where(scope => !_revoked.ContainsKey(PlaceOfRevocation(id, scope))).ToList();
            var revokedAt = _revoked.TryGetValue(PlaceOfRevocation(id, null), out var at) ? at
                : left.Count == 0 ? one.Value.Scopes.Max(scope => _revoked[PlaceOfRevocation(id, scope)]) : (DateTimeOffset?)null;
            return (id, one.Value, revokedAt is null ? left : one.Value.Scopes, revokedAt);
        });

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null || one < other ? one : other;

    /// <summary>A key that is in use.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Record">What it was when it was made, or got its newest secret.</param>
    /// <param name="Scopes">What it may do now.</param>
    internal sealed record InUse(string Id, KeyRecord Record, IReadOnlyList<string> Scopes);
}
