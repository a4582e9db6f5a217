using PushNet.Actors.Clock;
using PushNet.Actors.Log.Nats;

namespace PushNet.Web.Security.Keys.Bucket;

/// <summary>
/// The stored keys of several servers, in a KV bucket of NATS. Each server reads on from the last change that it knows, so it misses
/// none. Not thread-safe.
/// </summary>
/// <param name="settings">Where NATS is.</param>
/// <param name="server">The name of this server.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">How long each question is asked again while NATS does not answer.</param>
internal sealed class KeyBucket(NatsLogSettings settings, string server, TimeProvider time, TimeSpan patience = default) : IKeyStore
{
    private const string Uses = "used.";

    /// <summary>Between two looks at whether the bucket is another one.</summary>
    private static readonly TimeSpan ExtentInterval = TimeSpan.FromSeconds(10);

    /// <summary>NATS may be silent for so long, as it is while its servers elect a leader, until it is told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private readonly KeyBucketStream _stream = new(settings, patience);
    private KeyRecords _records = new();
    private DateTimeOffset? _created;
    private long _last;
    private Moment _extentAt;
    private Moment _heardAt;
    private KeyStoreException? _fault;

    /// <inheritdoc />
    public string Name => _stream.Bucket;

    /// <inheritdoc />
    public string Place => $"the bucket {Name} of NATS";

    /// <summary>True when NATS refuses its user what it was asked for here.</summary>
    public bool IsRefused => _stream.IsRefused;

    private Moment Now => Moment.Now(time);

    /// <inheritdoc />
    public async ValueTask<bool> HasChangedAsync(CancellationToken cancellation)
    {
        try
        {
            var wasAway = _fault is not null;
            var hasChanged = await ReadAsync(cancellation);
            _fault = null;
            return hasChanged || wasAway;
        }
        catch (KeyStoreException) when (Now - _heardAt < Patience)
        {
            return false;
        }
        catch (KeyStoreException e)
        {
            _fault = e;
            return true;
        }
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<HashedSecret>> SecretsAsync(bool mustHold, CancellationToken cancellation)
    {
        if (_created is null)
        {
            await ReadAsync(cancellation);
        }

        return _fault is not null ? throw _fault
            : mustHold && _records.IsEmpty ? throw new KeyStoreException($"{Place} holds no keys any more; create the keys again")
            : _records.Secrets();
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<StoredKey>> KeysAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        var uses = new Dictionary<string, DateTimeOffset>();
        for (var last = 0L; await _stream.NextAsync(last, Uses, cancellation) is { } next; last = next.Sequence)
        {
            var id = next.Place[Uses.Length..next.Place.LastIndexOf('.')];
            if (next.Bytes is { } bytes && KeyRecords.ReadMoment(bytes.Span) is { } at && at > uses.GetValueOrDefault(id))
            {
                uses[id] = at;
            }
        }

        return _records.Keys(id => uses.TryGetValue(id, out var at) ? at : null);
    }

    /// <inheritdoc />
    public async ValueTask<string> CreateAsync(NewKey key, CancellationToken cancellation)
    {
        var secret = SecretText.Create(SecretText.PrefixOf(key.Scopes));
        var (connections, lines) = key.Limits;
        var record = new KeyRecord(
            key.Name,
            key.Scopes,
            connections,
            lines,
            Now.WallClock,
            key.ExpiresAt,
            [new KeyRecord.Secret(SecretText.Hash(secret), null)]);
        return await AddAsync(record, cancellation)
            ? secret
            : throw new KeyStoreException($"there is a key \"{key.Name}\" already in {Place}; rotate or revoke it, or take another name");
    }

    /// <summary>Adds a key.</summary>
    /// <returns>False when its name is in use.</returns>
    public async Task<bool> AddAsync(KeyRecord key, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        var place = KeyRecords.PlaceOf(_records.NextId(key.Name));
        if (_records.Find(key.Name) is not null || await _stream.CreateAsync(place, key.ToBytes(), cancellation) is not { } written)
        {
            return false;
        }

        await ReadUntilAsync(written, cancellation);
        return true;
    }

    /// <inheritdoc />
    public async ValueTask<string> RotateAsync(string name, TimeSpan overlap, CancellationToken cancellation)
    {
        var key = await RequireAsync(name, cancellation);
        if (key.Record.ExpiresAt <= Now.WallClock)
        {
            throw new KeyStoreException($"key \"{name}\" has expired; revoke it and create it again");
        }

        var secret = SecretText.Create(SecretText.PrefixOf(key.Scopes));
        var before = key.Record.Secrets[^1] with { ExpiresAt = (Now + overlap).WallClock };
        var record = key.Record with { Secrets = [before, new KeyRecord.Secret(SecretText.Hash(secret), null)] };
        await ReadUntilAsync(await _stream.PutAsync(KeyRecords.PlaceOf(key.Id), record.ToBytes(), cancellation), cancellation);
        return _records.Secrets().Any(one => one.Hash.SequenceEqual(record.Secrets[^1].Sha256))
            ? secret : throw new KeyStoreException($"somebody else changed key \"{name}\" at the same time; see keys list");
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<string>> RevokeAsync(
        string name, IReadOnlyCollection<string> scopes, CancellationToken cancellation)
    {
        var key = await RequireAsync(name, cancellation);
        string[] left = scopes.Count == 0 ? [] : [.. key.Scopes.Except(scopes)];
        foreach (var scope in left.Length == 0 ? [null] : scopes.Intersect(key.Scopes).Cast<string?>())
        {
            await ReadUntilAsync(
                await _stream.PutAsync(KeyRecords.PlaceOfRevocation(key.Id, scope), KeyRecords.Write(Now), cancellation), cancellation);
        }

        return left;
    }

    /// <inheritdoc />
    public async ValueTask NoteAsync(IEnumerable<KeyValuePair<string, Moment>> uses, CancellationToken cancellation)
    {
        try
        {
            foreach (var (id, usedAt) in uses)
            {
                await _stream.PutAsync($"{Uses}{id}.{KeyRecords.Token(server)}", KeyRecords.Write(usedAt), cancellation);
            }
        }
        catch (KeyStoreException)
        {
            // NATS is away, and every further use would wait for it in vain. Later uses are noted.
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<KeyRecords.InUse> RequireAsync(string name, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        return _records.Find(name)
            ?? throw new KeyStoreException($"there is no key \"{name}\" in {Place}; keys list shows those there are");
    }

    /// <summary>Reads what was written since the last time, all of it when the bucket is another one.</summary>
    /// <returns>True when there was anything.</returns>
    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        await LookAtExtentAsync(cancellation);
        var (records, last) = (_last == 0 ? new KeyRecords() : _records, _last);
        while (await _stream.NextAsync(last, KeyRecords.Prefix, cancellation) is { } next)
        {
            records.Take(next.Place, next.Bytes);
            last = next.Sequence;
        }

        var hasChanged = last != _last || (records != _records && !_records.IsEmpty);
        (_records, _last, _heardAt) = (records, last, Now);
        return hasChanged;
    }

    /// <summary>Reads what this process wrote, though a server of NATS that is behind may answer.</summary>
    private async Task ReadUntilAsync(long written, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        while (_last < written)
        {
            await Task.Delay(Beat, time, cancellation);
            await ReadAsync(cancellation);
        }
    }

    // When the bucket was made again, or put back from a copy, all of it is read.
    private async Task LookAtExtentAsync(CancellationToken cancellation)
    {
        if (_created is not null && Now - _extentAt < ExtentInterval)
        {
            return;
        }

        _extentAt = Now;
        (DateTimeOffset Created, long Last)? extent;
        try
        {
            extent = await _stream.ExtentAsync(cancellation);
        }
        catch (KeyStoreException) when (_created is not null)
        {
            // Only the leader of the bucket knows. What is written can be read from any server of NATS that has the bucket.
            return;
        }

        var (created, last) = extent ?? (_created is null
            ? await _stream.CreateAsync(cancellation)
            : throw new KeyStoreException($"{Place} is gone: somebody deleted it. Create the keys again"));
        _last = created == _created && last >= _last ? _last : 0;
        _created = created;
    }
}
