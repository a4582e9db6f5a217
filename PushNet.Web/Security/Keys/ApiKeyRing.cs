using System.Collections.Concurrent;
using PushNet.Actors.Clock;
using PushNet.Web.Settings;

namespace PushNet.Web.Security.Keys;

/// <summary>The keys in force: those of the settings, and the stored ones as they were last read.</summary>
internal sealed class ApiKeyRing
{
    // It is the reason of a close frame too, which has room for 123 bytes.
    private const string DemoEnded = "the demo's keys have ended, because this server has keys of its own now; ask for one of those";

    private const string Unknown = "this key is not known";

    private readonly TimeProvider _time;
    private readonly IKeyStore? _store;
    private readonly HashedSecret[] _configured;
    private readonly ConcurrentDictionary<string, Moment> _uses = new();
    private HashedSecret[] _demo = [];
    private HashedSecret[] _endedDemo = [];
    private volatile KeyTable _table = new([]);
    private bool _hasStored;

    public ApiKeyRing(PushNetOptions options, FeedsInForce feeds, TimeProvider time, IKeyStore? store = null)
    {
        (_time, _store) = (time, store);
        _configured = [.. options.ApiKeys.Select(Configured)];
        if (feeds.NeedDemoKey)
        {
            DemoKey = SecretText.Create(SecretText.DemoPrefix);
            _demo = [Demo(DemoKey, "demo", KeyScope.Live, KeyScope.Odds)];

            // For this machine alone: not where it would open metrics to others.
            if (options.Operator is { Url.Length: > 0, Metrics.Url.Length: 0 })
            {
                DemoOperatorKey = SecretText.Create(SecretText.DemoOperatorPrefix);
                _demo = [.. _demo, Demo(DemoOperatorKey, "demo-operator", KeyScope.Ops)];
            }
        }

        Take([]);
    }

    /// <summary>The secret for looking at the demo, new at each start; null when there are keys.</summary>
    public string? DemoKey { get; private set; }

    /// <summary>
    /// The secret for looking at the operator port meanwhile; null when there are keys, no operator port, or metrics for other machines.
    /// </summary>
    public string? DemoOperatorKey { get; private set; }

    /// <summary>
    /// A sentence while the stored keys can't be read and the keys are still those that were read before; otherwise null. It leaves out
    /// the path and the reason, because everybody may read it.
    /// </summary>
    public string? StoreFault { get; private set; }

    /// <summary>Takes the stored keys as they are now. When a store that held keys is gone or empty, none of them end.</summary>
    /// <exception cref="KeyStoreException">The store can't be used; the keys stay as they were.</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        if (_store is null)
        {
            return;
        }

        try
        {
            Take(await _store.SecretsAsync(mustHold: _hasStored, cancellation));
            StoreFault = null;
        }
        catch (KeyStoreException)
        {
            StoreFault = $"{_store.Name} can't be used. The keys stay as they were; the log says what to do.";
            throw;
        }
    }

    private void Take(IReadOnlyList<HashedSecret> stored)
    {
        if (stored.Count > 0)
        {
            _hasStored = true;

            // The demo's keys are for a server that nobody has a key for, and don't come back.
            _endedDemo = [.. _endedDemo, .. _demo];
            (_demo, DemoKey, DemoOperatorKey) = ([], null, null);
        }

        _table = new KeyTable([.. _configured, .. stored, .. _demo]);
    }

    /// <summary>Finds the secret that was presented.</summary>
    /// <returns>The secret, or why it opens nothing.</returns>
    public (HashedSecret? Secret, string? Fault) Find(string presented)
    {
        if (!SecretText.IsWellFormed(presented))
        {
            return (null, Unknown);
        }

        var hash = SecretText.Hash(presented);
        if (_table.Find(hash) is not { } secret)
        {
            return (null, IsEndedDemo(hash) ? DemoEnded : Unknown);
        }

        var now = Moment.Now(_time);
        if (secret.IsExpired(now.WallClock))
        {
            return (null, "this key has expired");
        }

        if (secret.Key.StoredId is { } id)
        {
            _uses[id] = now;
        }

        return (secret, null);
    }

    /// <summary>Checks again a secret that was good once.</summary>
    /// <returns>Why it is no longer good for a scope; null when it still is.</returns>
    public string? Fault(HashedSecret admitted, string scope)
    {
        var known = _table.Find(admitted.Hash);
        return known is null || known.Key.Id != admitted.Key.Id ? IsEndedDemo(admitted.Hash) ? DemoEnded : "the key was revoked"
            : known.IsExpired(Moment.Now(_time).WallClock) ? "the key has expired"
            : !known.Key.Allows(scope) ? $"the key lost the scope {scope}"
            : null;
    }

    /// <summary>How many keys will end by themselves within a time.</summary>
    public int ExpiringWithin(TimeSpan time)
    {
        var now = Moment.Now(_time);
        return _table.Expiring(now.WallClock, (now + time).WallClock);
    }

    /// <summary>When each stored key was last presented, by <see cref="ApiKey.StoredId"/>.</summary>
    public IEnumerable<KeyValuePair<string, Moment>> Uses => _uses;

    private bool IsEndedDemo(ReadOnlySpan<byte> hash)
    {
        foreach (var demo in _endedDemo)
        {
            if (demo.Hash.SequenceEqual(hash))
            {
                return true;
            }
        }

        return false;
    }

    private static HashedSecret Demo(string secret, string name, params string[] scopes) =>
        new(SecretText.Hash(secret), null, new ApiKey(null, name, scopes, default));

    private static HashedSecret Configured(ApiKeyOptions key) => new(
        key.Sha256.Length > 0 ? Convert.FromHexString(key.Sha256) : SecretText.Hash(key.Key),
        null,
        new ApiKey(null, key.Name, KeyScope.Parse(key.Scopes), default));
}
