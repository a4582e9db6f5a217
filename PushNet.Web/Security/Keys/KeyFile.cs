using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using PushNet.Actors.Clock;
using PushNet.Web.Data;

namespace PushNet.Web.Security.Keys;

/// <summary>
/// The stored keys, <c>keys.db</c>. Holds hashes of secrets, never secrets. Opened anew for each call, so that the server and the
/// <c>keys</c> command can share it.
/// </summary>
internal sealed class KeyFile(string path, TimeProvider time) : IKeyStore
{
    private const string InUse = "name = $name AND revoked_at IS NULL";

    private static readonly long EarliestTime = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LatestTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly KeyDatabase _database = new(path);
    private readonly FileChanges _changes = new(path, time);

    public string FullPath => _database.Path;

    /// <inheritdoc />
    public string Name => Path.GetFileName(path);

    /// <inheritdoc />
    public string Place => FullPath;

    /// <summary>Checks the whole file. A file that is not there is fine.</summary>
    /// <exception cref="KeyStoreException">The file can't be used.</exception>
    public void Check() => _database.Check();

    /// <summary>The secrets that open something now or may later.</summary>
    /// <param name="mustHold">True when a file that is gone or empty is a fault, because it held keys before.</param>
    /// <exception cref="KeyStoreException">The file can't be used.</exception>
    public IReadOnlyList<HashedSecret> Secrets(bool mustHold = false) => _database.Read(
        """
        SELECT s.sha256, min(ifnull(s.expires_at, k.expires_at), ifnull(k.expires_at, s.expires_at)),
          k.id, k.name, k.scopes, k.max_connections, k.max_lines_per_second
        FROM secrets s JOIN keys k ON k.id = s.key_id WHERE k.revoked_at IS NULL
        """,
        row => new HashedSecret(
            Hash(row, 0),
            Time(row, 1),
            new ApiKey(
                row.GetString(2), row.GetString(3), KeyScope.Parse(row.GetString(4)), new KeyLimits(Number(row, 5), Number(row, 6)))),
        mustHold);

    /// <summary>All keys, revoked ones too, in the order in which they were made.</summary>
    /// <exception cref="KeyStoreException">The file can't be used.</exception>
    public IReadOnlyList<StoredKey> Keys() => _database.Read(
        """
        SELECT name, scopes, max_connections, max_lines_per_second, created_at, expires_at, revoked_at, last_used_at,
          (SELECT max(s.expires_at) FROM secrets s WHERE s.key_id = keys.id)
        FROM keys ORDER BY id
        """,
        row => new StoredKey(
            row.GetString(0), KeyScope.Parse(row.GetString(1)), new KeyLimits(Number(row, 2), Number(row, 3)), Time(row, 4)!.Value, Time(
                row, 5), Time(row, 6), Time(row, 7), Time(row, 8)));

    /// <summary>Makes a key.</summary>
    /// <returns>Its secret, which can't be shown again.</returns>
    /// <exception cref="KeyStoreException">The name is in use, or the file can't be used.</exception>
    public string Create(NewKey key)
    {
        _database.Create();
        return _database.Write(connection => Insert(connection, key));
    }

    private string Insert(SqliteConnection connection, NewKey key)
    {
        if (ScopesOf(connection, key.Name) is not null)
        {
            throw new KeyStoreException($"there is a key \"{key.Name}\" already in {FullPath}; rotate or revoke it, or take another name");
        }

        SqliteCommands.Execute(
            connection,
            """
            INSERT INTO keys (name, scopes, max_connections, max_lines_per_second, created_at, expires_at)
            VALUES ($name, $scopes, $connections, $lines, $now, $expires)
            """,
            ("$name", key.Name),
            ("$scopes", string.Join(',', key.Scopes)),
            ("$connections", key.Limits.MaxConnections),
            ("$lines", key.Limits.MaxLinesPerSecond),
            ("$now", Now),
            ("$expires", key.ExpiresAt?.ToUnixTimeMilliseconds()));
        return AddSecret(connection, key.Name);
    }

    /// <summary>Gives a key a new secret. The one before stays good for a while; older ones end.</summary>
    /// <returns>The new secret.</returns>
    /// <exception cref="KeyStoreException">There is no such key, it has expired, or the file can't be used.</exception>
    public string Rotate(string name, TimeSpan overlap) => _database.Write(connection =>
    {
        RequireScopes(connection, name);
        if (SqliteCommands.Scalar(connection, $"SELECT expires_at FROM keys WHERE {InUse}", ("$name", name)) is long expires
            && expires <= Now)
        {
            throw new KeyStoreException($"key \"{name}\" has expired; revoke it and create it again");
        }

        SqliteCommands.Execute(
            connection,
            $"""
            DELETE FROM secrets WHERE key_id = (SELECT id FROM keys WHERE {InUse})
              AND sha256 <> (SELECT sha256 FROM secrets WHERE key_id = (SELECT id FROM keys WHERE {InUse}) AND expires_at IS NULL)
            """,
            ("$name", name));
        SqliteCommands.Execute(
            connection,
            $"UPDATE secrets SET expires_at = $until WHERE key_id = (SELECT id FROM keys WHERE {InUse})",
            ("$name", name),
            ("$until", (Moment.Now(time) + overlap).Ts));
        return AddSecret(connection, name);
    });

    /// <summary>Ends a key, or takes scopes from it. A key without a scope ends.</summary>
    /// <param name="name">The key.</param>
    /// <param name="scopes">The scopes to take; none to end the whole key.</param>
    /// <returns>The scopes that are left.</returns>
    /// <exception cref="KeyStoreException">There is no such key, or the file can't be used.</exception>
    public IReadOnlyList<string> Revoke(string name, IReadOnlyCollection<string> scopes) =>
        _database.Write<IReadOnlyList<string>>(connection =>
    {
        var had = RequireScopes(connection, name);
        string[] left = scopes.Count == 0 ? [] : [.. KeyScope.Parse(had).Except(scopes)];
        if (left.Length > 0)
        {
            SqliteCommands.Execute(
                connection, $"UPDATE keys SET scopes = $scopes WHERE {InUse}", ("$name", name), ("$scopes", string.Join(',', left)));
        }
        else
        {
            SqliteCommands.Execute(connection, $"DELETE FROM secrets WHERE key_id = (SELECT id FROM keys WHERE {InUse})", ("$name", name));
            SqliteCommands.Execute(connection, $"UPDATE keys SET revoked_at = $now WHERE {InUse}", ("$name", name), ("$now", Now));
        }

        return left;
    });

    /// <summary>Notes when keys were last used.</summary>
    /// <param name="uses">By <see cref="ApiKey.StoredId"/>.</param>
    /// <exception cref="KeyStoreException">The file can't be used.</exception>
    public void Note(IEnumerable<KeyValuePair<string, Moment>> uses) => _database.Write(connection =>
    {
        foreach (var (id, usedAt) in uses)
        {
            SqliteCommands.Execute(connection, "UPDATE keys SET last_used_at = $at WHERE id = $id", ("$id", id), ("$at", usedAt.Ts));
        }

        return 0;
    });

    ValueTask<bool> IKeyStore.HasChangedAsync(CancellationToken cancellation) => new(_changes.Look());

    ValueTask<IReadOnlyList<HashedSecret>> IKeyStore.SecretsAsync(bool mustHold, CancellationToken cancellation)
    {
        try
        {
            return new(Secrets(mustHold));
        }
        catch (KeyStoreException)
        {
            _changes.Forget();
            throw;
        }
    }

    ValueTask<IReadOnlyList<StoredKey>> IKeyStore.KeysAsync(CancellationToken cancellation) => new(Keys());

    ValueTask<string> IKeyStore.CreateAsync(NewKey key, CancellationToken cancellation) => new(Create(key));

    ValueTask<string> IKeyStore.RotateAsync(string name, TimeSpan overlap, CancellationToken cancellation) => new(Rotate(name, overlap));

    ValueTask<IReadOnlyList<string>> IKeyStore.RevokeAsync(
        string name, IReadOnlyCollection<string> scopes, CancellationToken cancellation) => new(Revoke(name, scopes));

    ValueTask IKeyStore.NoteAsync(IEnumerable<KeyValuePair<string, Moment>> uses, CancellationToken cancellation)
    {
        if (File.Exists(path))
        {
            Note(uses);
        }

        return default;
    }

    ValueTask IAsyncDisposable.DisposeAsync() => default;

    private long Now => Moment.Now(time).Ts;

    private string AddSecret(SqliteConnection connection, string name)
    {
        var secret = SecretText.Create(SecretText.PrefixOf(KeyScope.Parse(RequireScopes(connection, name))));
        SqliteCommands.Execute(
            connection,
            $"INSERT INTO secrets (sha256, key_id, created_at) SELECT $hash, id, $now FROM keys WHERE {InUse}",
            ("$name", name),
            ("$hash", SecretText.Hash(secret)),
            ("$now", Now));
        return secret;
    }

    private string RequireScopes(SqliteConnection connection, string name) =>
        ScopesOf(connection, name)
            ?? throw new KeyStoreException($"there is no key \"{name}\" in {FullPath}; keys list shows those there are");

    /// <summary>The scopes of a key that is in use; null when there is none of that name.</summary>
    private static string? ScopesOf(SqliteConnection connection, string name) =>
        (string?)SqliteCommands.Scalar(connection, $"SELECT scopes FROM keys WHERE {InUse}", ("$name", name));

    private static DateTimeOffset? Time(SqliteDataReader row, int column) => row.IsDBNull(column) ? null
        : row.GetInt64(column) is var milliseconds && milliseconds >= EarliestTime && milliseconds <= LatestTime
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        : throw new InvalidDataException($"one of its times is {milliseconds}");

    private static byte[] Hash(SqliteDataReader row, int column) =>
        row.GetFieldValue<byte[]>(column) is { Length: SHA256.HashSizeInBytes } hash
            ? hash : throw new InvalidDataException("one of its hashes is none");

    private static int? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null
        : row.GetInt64(column) is var number && number is > 0 and <= int.MaxValue ? (int)number
        : throw new InvalidDataException($"one of its caps is {number}");
}
