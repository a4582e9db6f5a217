using System.Collections.Concurrent;
using PushNet.Actors.Clock;
using PushNet.Web.Settings;

namespace PushNet.Web.Security.Keys;

/// <summary>The keys in force: those of the settings, and those of the file as it is now.</summary>
/// <exception cref="KeyFileException">The file can't be used.</exception>
internal sealed class ApiKeyRing
{
    // It is the reason of a close frame too, which has room for 123 bytes.
    private const string DemoEnded = "the demo's keys have ended, because this server has keys of its own now; ask for one of those";

    private const string Unknown = "this key is not known";

    private readonly TimeProvider _time;
    private readonly KeyFile? _file;
    private readonly HashedSecret[] _configured;
    private readonly ConcurrentDictionary<long, Moment> _uses = new();
    private HashedSecret[] _demo = [];
    private HashedSecret[] _endedDemo = [];
    private volatile KeyTable _table = new([]);
    private bool _hasStored;

    public ApiKeyRing(PushNetOptions options, FeedsInForce feeds, TimeProvider time, KeyFile? file = null)
    {
        (_time, _file) = (time, file);
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

        Load();
    }

    /// <summary>The secret for looking at the demo, new at each start; null when there are keys.</summary>
    public string? DemoKey { get; private set; }

    /// <summary>
    /// The secret for looking at the operator port meanwhile; null when there are keys, no operator port, or metrics for other machines.
    /// </summary>
    public string? DemoOperatorKey { get; private set; }

    /// <summary>
    /// A sentence while the file can't be used and the keys are still those that it had before; otherwise null. It leaves out the path and
    /// the reason, because everybody may read it.
    /// </summary>
    public string? FileFault { get; private set; }

    /// <summary>Takes the keys as the file has them now. When a file that held keys is gone or empty, none of them end.</summary>
    /// <exception cref="KeyFileException">The file can't be used; the keys stay as they were.</exception>
    public void Load()
    {
        var stored = Stored();
        if (stored.Count > 0)
        {
            _hasStored = true;

            // The demo's keys are for a server that nobody has a key for, and don't come back.
            _endedDemo = [.. _endedDemo, .. _demo];
            (_demo, DemoKey, DemoOperatorKey) = ([], null, null);
        }

        _table = new KeyTable([.. _configured, .. stored, .. _demo]);
        FileFault = null;
    }

    private IReadOnlyList<HashedSecret> Stored()
    {
        try
        {
            return _file?.Secrets(mustHold: _hasStored) ?? [];
        }
        catch (KeyFileException)
        {
            FileFault = "keys.db can't be used. The keys stay as they were; the log says what to do.";
            throw;
        }
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

        if (secret.Key.Row is { } row)
        {
            _uses[row] = now;
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

    /// <summary>When each stored key was last presented, by <see cref="ApiKey.Row"/>.</summary>
    public IEnumerable<KeyValuePair<long, Moment>> Uses => _uses;

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
