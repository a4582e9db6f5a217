using PushNet.Actors.Clock;

namespace PushNet.Web.Security.Keys;

/// <summary>The stored keys. Holds hashes of secrets, never secrets. All members throw <see cref="KeyStoreException"/>.</summary>
internal interface IKeyStore : IAsyncDisposable
{
    /// <summary>What it is called where everybody may read it.</summary>
    string Name { get; }

    /// <summary>Where it is, for operators.</summary>
    string Place { get; }

    /// <summary>True when the keys may differ from what they were at the last look, or could not be read then.</summary>
    ValueTask<bool> HasChangedAsync(CancellationToken cancellation);

    /// <summary>The secrets that open something now or may later.</summary>
    /// <param name="mustHold">True when a store that is gone or empty is a fault, because it held keys before.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<IReadOnlyList<HashedSecret>> SecretsAsync(bool mustHold, CancellationToken cancellation);

    /// <summary>All keys, revoked ones too, in the order in which they were made.</summary>
    ValueTask<IReadOnlyList<StoredKey>> KeysAsync(CancellationToken cancellation);

    /// <summary>Makes a key, unless its name is in use.</summary>
    /// <returns>Its secret, which can't be shown again.</returns>
    ValueTask<string> CreateAsync(NewKey key, CancellationToken cancellation);

    /// <summary>Gives a key that has not expired a new secret. The one before stays good for a while; older ones end.</summary>
    /// <returns>The new secret.</returns>
    ValueTask<string> RotateAsync(string name, TimeSpan overlap, CancellationToken cancellation);

    /// <summary>Ends a key, or takes scopes from it. A key without a scope ends.</summary>
    /// <param name="name">The key.</param>
    /// <param name="scopes">The scopes to take; none to end the whole key.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The scopes that are left.</returns>
    ValueTask<IReadOnlyList<string>> RevokeAsync(string name, IReadOnlyCollection<string> scopes, CancellationToken cancellation);

    /// <summary>Notes when keys were last used, by <see cref="ApiKey.StoredId"/>.</summary>
    ValueTask NoteAsync(IEnumerable<KeyValuePair<string, Moment>> uses, CancellationToken cancellation);
}
