using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using PushNet.Actors.Clock;
using PushNet.Actors.Log.Nats;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Keys.Bucket;
using PushNet.Web.Settings;

namespace PushNet.Tests.Security.Keys.Bucket;

/// <summary>Keys in a bucket of a real NATS server, which every test begins without.</summary>
public sealed class KeyBucketTests(KeyBucketTests.Nats nats) : IClassFixture<KeyBucketTests.Nats>, IAsyncLifetime
{
    private const string Stream = "KV_PUSHNET_KEYS";

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly List<KeyBucket> _buckets = [];

    private static CancellationToken Ever => CancellationToken.None;

    [FactWithFile(NatsServer.Program)]
    public async Task A_key_is_known_by_its_hash_until_it_is_revoked_and_its_name_is_free_then()
    {
        var (one, other) = (Bucket(), Bucket());
        Assert.Empty(await other.SecretsAsync(false, Ever));
        var limits = new KeyLimits(5, 100);
        var secret = await one.CreateAsync(new NewKey("a.board", ["live", "odds"], limits, null), Ever);

        Assert.True(await other.HasChangedAsync(Ever));
        var known = Assert.Single(await other.SecretsAsync(true, Ever));
        Assert.Equal(SecretText.Hash(secret), known.Hash.ToArray());
        Assert.Equal(("a.board", "live odds", limits), (known.Key.Name, string.Join(' ', known.Key.Scopes), known.Key.Limits));
        Assert.False(await other.HasChangedAsync(Ever));

        Assert.Equal(["live"], await one.RevokeAsync("a.board", ["odds"], Ever));
        Assert.True(await other.HasChangedAsync(Ever));
        Assert.Equal(["live"], Assert.Single(await other.SecretsAsync(true, Ever)).Key.Scopes);
        Assert.Empty(await one.RevokeAsync("a.board", [], Ever));
        Assert.True(await other.HasChangedAsync(Ever));
        Assert.Empty(await other.SecretsAsync(true, Ever));

        await other.CreateAsync(new NewKey("a.board", ["live"], default, null), Ever);
        Assert.Equal(["revoked", "active"], (await one.KeysAsync(Ever)).Select(key => key.StatusAt(_time.GetUtcNow())));
        Assert.NotEqual(known.Key.Id, Assert.Single(await other.SecretsAsync(true, Ever)).Key.Id);
    }

    [FactWithFile(NatsServer.Program)]
    public async Task Of_many_who_make_a_key_of_one_name_at_the_same_time_one_makes_it()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                return await Bucket().CreateAsync(new NewKey("board", ["live"], default, null), Ever);
            }
            catch (KeyStoreException e)
            {
                return e.Message;
            }
        }));

        var secret = Assert.Single(made, one => one.StartsWith("pn_live_", StringComparison.Ordinal));
        Assert.Equal(7, made.Count(one => one.StartsWith("there is a key \"board\" already", StringComparison.Ordinal)));
        Assert.Equal(SecretText.Hash(secret), Assert.Single(await Bucket().SecretsAsync(true, Ever)).Hash.ToArray());
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_rotation_leaves_two_secrets_and_brings_no_revoked_key_back()
    {
        var (one, other) = (Bucket(), Bucket());
        await one.CreateAsync(new NewKey("board", ["live"], default, null), Ever);
        await one.RotateAsync("board", TimeSpan.FromHours(1), Ever);
        await one.RotateAsync("board", TimeSpan.FromHours(2), Ever);

        var secrets = await other.SecretsAsync(true, Ever);
        Assert.Equal([_time.GetUtcNow().AddHours(2), null], secrets.Select(secret => secret.ExpiresAt));

        // What a rotation writes that read the key before it was revoked.
        await other.RevokeAsync("board", [], Ever);
        var place = $"$KV.PUSHNET_KEYS.{KeyRecords.PlaceOf(secrets[0].Key.StoredId!)}";
        var record = new KeyRecord("board", ["live"], null, null, _time.GetUtcNow(), null, [new(new byte[32], null)]);
        (await nats.Server.JetStream.PublishAsync(place, record.ToBytes())).EnsureSuccess();
        Assert.True(await one.HasChangedAsync(Ever));
        Assert.Empty(await one.SecretsAsync(true, Ever));
        Assert.Contains(
            "keys list", (await Assert.ThrowsAsync<KeyStoreException>(async () => await one.RotateAsync("board", default, Ever))).Message);
    }

    [FactWithFile(NatsServer.Program)]
    public async Task The_latest_use_on_any_server_is_noted()
    {
        var (one, other) = (Bucket("one"), Bucket("other.example"));
        await one.CreateAsync(new NewKey("a.board", ["live"], default, null), Ever);
        var id = Assert.Single(await other.SecretsAsync(true, Ever)).Key.StoredId!;
        var use = Moment.Now(_time);

        await other.NoteAsync([KeyValuePair.Create(id, use + TimeSpan.FromMinutes(1))], Ever);
        await one.NoteAsync([KeyValuePair.Create(id, use)], Ever);

        Assert.False(await one.HasChangedAsync(Ever));
        var noted = Assert.Single(await one.KeysAsync(Ever)).LastUsedAt;
        Assert.Equal((use + TimeSpan.FromMinutes(1)).Ts, noted!.Value.ToUnixTimeMilliseconds());
    }

    [FactWithFile(NatsServer.Program)]
    public async Task Keys_stay_while_the_bucket_is_gone_or_another_one()
    {
        var (bucket, other) = (Bucket(), Bucket());
        var secret = await bucket.CreateAsync(new NewKey("board", ["live"], default, null), Ever);
        var ring = new ApiKeyRing(new PushNetOptions(), new FeedsInForce(new PushNetOptions(), hasStoredKeys: true), _time, bucket);
        using var watch = new KeyWatch(ring, [], _time, NullLogger<KeyWatch>.Instance, bucket);
        await watch.StartAsync(Ever);
        Assert.NotNull(ring.Find(secret).Secret);

        await nats.Server.JetStream.DeleteStreamAsync(Stream);
        await UntilAsync(() => ring.StoreFault is not null);
        Assert.Equal("PUSHNET_KEYS can't be used. The keys stay as they were; the log says what to do.", ring.StoreFault);
        Assert.NotNull(ring.Find(secret).Secret);

        Assert.Empty(await other.SecretsAsync(false, Ever));
        await UntilAsync(() => ring.StoreFault is not null);
        var renewed = await other.CreateAsync(new NewKey("board", ["live"], default, null), Ever);
        await UntilAsync(() => ring.StoreFault is null && ring.Find(renewed).Secret is not null);
        Assert.Null(ring.Find(secret).Secret);
        await watch.StopAsync(Ever);
    }

    [FactWithFile(NatsServer.Program)]
    public async Task While_NATS_is_away_the_keys_stay_and_it_is_told_after_a_while_and_uses_hold_nothing_up()
    {
        await using var own = await NatsServer.StartAsync();
        var bucket = Bucket(url: own.Url);
        await bucket.CreateAsync(new NewKey("board", ["live"], default, null), Ever);
        Assert.False(await bucket.HasChangedAsync(Ever));
        await own.KillAsync();

        Assert.False(await bucket.HasChangedAsync(Ever));
        Assert.Single(await bucket.SecretsAsync(true, Ever));
        var uses = Enumerable.Range(0, 100).Select(i => KeyValuePair.Create($"board.{i}", Moment.Now(_time)));
        await bucket.NoteAsync(uses, Ever).AsTask().WaitAsync(PushServer.Patience);

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await bucket.HasChangedAsync(Ever));
        Assert.Contains(
            "does not answer", (await Assert.ThrowsAsync<KeyStoreException>(async () => await bucket.SecretsAsync(true, Ever))).Message);
    }

    [FactWithFile(NatsServer.Program)]
    public async Task What_can_not_be_read_is_told_and_a_bucket_without_direct_gets_is_refused()
    {
        var bucket = Bucket();
        Assert.Empty(await bucket.SecretsAsync(false, Ever));
        (await nats.Server.JetStream.PublishAsync("$KV.PUSHNET_KEYS.key.board.0", """{"name":"board"}"""u8.ToArray())).EnsureSuccess();
        Assert.StartsWith(
            "key.board.0 can't be read: ",
            (await Assert.ThrowsAsync<KeyStoreException>(async () => await bucket.KeysAsync(Ever))).Message);

        await nats.Server.JetStream.DeleteStreamAsync(Stream);
        await nats.Server.JetStream.CreateStreamAsync(new StreamConfig(Stream, ["$KV.PUSHNET_KEYS.>"]));
        Assert.Contains(
            "allow_direct", (await Assert.ThrowsAsync<KeyStoreException>(async () => await Bucket().SecretsAsync(false, Ever))).Message);
    }

    public async Task InitializeAsync()
    {
        await foreach (var name in nats.Server.JetStream.ListStreamNamesAsync())
        {
            await nats.Server.JetStream.DeleteStreamAsync(name);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var bucket in _buckets)
        {
            await bucket.DisposeAsync();
        }
    }

    private KeyBucket Bucket(string server = "s1", string? url = null)
    {
        var bucket = new KeyBucket(new NatsLogSettings { Url = url ?? nats.Server.Url }, server, _time);
        _buckets.Add(bucket);
        return bucket;
    }

    // Lets ticks pass until it is so, because the watch begins to count them on a separate thread.
    private Task UntilAsync(Func<bool> isSo) => Eventually.True(() =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(500));
        return Task.FromResult(isSo());
    });

    /// <summary>One server of NATS for all.</summary>
    public sealed class Nats : IAsyncLifetime
    {
        internal NatsServer Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = File.Exists(NatsServer.Program) ? await NatsServer.StartAsync() : null!;

        public async Task DisposeAsync()
        {
            if (Server is not null)
            {
                await Server.DisposeAsync();
            }
        }
    }
}
