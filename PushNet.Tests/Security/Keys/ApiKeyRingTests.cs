using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Clock;
using PushNet.Web.Data;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;

namespace PushNet.Tests.Security.Keys;

public sealed class ApiKeyRingTests : IDisposable
{
    private const string Plain = "0123456789abcdef";
    private const string Hashed = "hashed_key-ABCDEF";

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly TempFolder _folder = new();
    private readonly KeyFile _file;
    private readonly ApiKeyRing _ring;

    public ApiKeyRingTests()
    {
        _file = new KeyFile(_folder.File("keys.db"), _time);
        _ring = Ring(new PushNetOptions
        {
            ApiKeys =
            [
                new() { Name = "plain", Key = Plain, Scopes = "live, odds" },
                new() { Name = "hashed", Sha256 = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Hashed))).ToLowerInvariant(),
                    Scopes = "ingest" },
            ],
        });
    }

    [Fact]
    public void A_key_is_found_by_itself_or_by_its_hash_with_its_scopes()
    {
        Assert.Equal(("plain", "live odds"), Found(_ring, Plain));
        Assert.Equal(("hashed", "ingest"), Found(_ring, Hashed));
    }

    [Theory]
    [InlineData("0123456789abcdeF")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789abcdef0")]
    [InlineData(" 0123456789abcdef")]
    [InlineData("")]
    public void What_is_not_exactly_a_key_is_not_found(string presented) =>
        Assert.Equal((null, "this key is not known"), _ring.Find(presented));

    [Theory]
    [InlineData("there is no ", null)]
    [InlineData(" is empty; ", "")]
    [InlineData(" is damaged ", "no database, whatever it looks like")]
    [InlineData(" is damaged (one of its times is 9223372036854775807)", "UPDATE keys SET expires_at = 9223372036854775807")]
    [InlineData(" is damaged (one of its times is -9223372036854775808)", "UPDATE secrets SET expires_at = -9223372036854775808")]
    [InlineData(" is damaged (one of its hashes is none)", "UPDATE secrets SET sha256 = x'00'")]
    [InlineData(" is damaged (one of its caps is 4294967296)", "UPDATE keys SET max_connections = 4294967296")]
    [InlineData(" is damaged (one of its caps is -1)", "UPDATE keys SET max_lines_per_second = -1")]
    [InlineData(" can't be used: ", "DROP TABLE secrets")]
    public async Task Keys_stay_whatever_becomes_of_the_file(string fault, string? spoil)
    {
        var secret = _file.Create(new NewKey("stored", ["live"], default, null));
        await LoadAsync();
        var whole = await File.ReadAllBytesAsync(_file.FullPath);
        Spoil(spoil);

        Assert.Contains(fault, (await Assert.ThrowsAsync<KeyStoreException>(LoadAsync)).Message);
        Assert.NotNull(_ring.Find(secret).Secret);
        Assert.Equal("keys.db can't be used. The keys stay as they were; the log says what to do.", _ring.StoreFault);

        await File.WriteAllBytesAsync(_file.FullPath, whole);
        await LoadAsync();
        Assert.NotNull(_ring.Find(secret).Secret);
        Assert.Null(_ring.StoreFault);
    }

    [Fact]
    public async Task A_stored_key_is_known_after_loading_until_it_is_revoked()
    {
        var secret = _file.Create(new NewKey("stored", ["live"], default, null));
        Assert.Null(_ring.Find(secret).Secret);

        await LoadAsync();
        var admitted = _ring.Find(secret).Secret!;
        Assert.Null(_ring.Fault(admitted, "live"));
        Assert.Equal("the key lost the scope odds", _ring.Fault(admitted, "odds"));

        _file.Revoke("stored", []);
        await LoadAsync();
        Assert.Null(_ring.Find(secret).Secret);
        Assert.Equal("the key was revoked", _ring.Fault(admitted, "live"));
        Assert.Equal(("plain", "live odds"), Found(_ring, Plain));
    }

    [Fact]
    public async Task A_key_of_the_same_name_does_not_bring_a_revoked_one_back()
    {
        var first = _file.Create(new NewKey("stored", ["live"], default, null));
        await LoadAsync();
        var admitted = _ring.Find(first).Secret!;

        _file.Revoke("stored", []);
        _file.Create(new NewKey("stored", ["live"], default, null));
        await LoadAsync();

        Assert.Equal("the key was revoked", _ring.Fault(admitted, "live"));
    }

    [Fact]
    public async Task A_key_expires_by_itself()
    {
        var secret = _file.Create(new NewKey("short", ["live"], default, _time.GetUtcNow().AddHours(1)));
        await LoadAsync();
        var admitted = _ring.Find(secret).Secret!;

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal((null, "this key has expired"), _ring.Find(secret));
        Assert.Equal("the key has expired", _ring.Fault(admitted, "live"));
    }

    [Fact]
    public async Task During_a_rotation_both_secrets_are_good_and_then_only_the_new_one()
    {
        var old = _file.Create(new NewKey("stored", ["live"], default, null));
        await LoadAsync();
        var admitted = _ring.Find(old).Secret!;
        var renewed = _file.Rotate("stored", TimeSpan.FromHours(24));
        await LoadAsync();

        Assert.NotEqual(old, renewed);
        Assert.NotNull(_ring.Find(old).Secret);
        Assert.NotNull(_ring.Find(renewed).Secret);
        Assert.Null(_ring.Fault(admitted, "live"));

        _time.Advance(TimeSpan.FromHours(24));
        Assert.Null(_ring.Find(old).Secret);
        Assert.NotNull(_ring.Find(renewed).Secret);
        Assert.Equal("the key has expired", _ring.Fault(admitted, "live"));
    }

    [Fact]
    public async Task A_file_that_goes_bad_leaves_the_keys_as_they_were()
    {
        var secret = _file.Create(new NewKey("stored", ["live"], default, null));
        await LoadAsync();
        await File.WriteAllTextAsync(_file.FullPath, "nonsense");

        await Assert.ThrowsAsync<KeyStoreException>(LoadAsync);
        Assert.NotNull(_ring.Find(secret).Secret);
    }

    [Fact]
    public async Task Only_uses_of_stored_keys_are_noted()
    {
        var secret = _file.Create(new NewKey("stored", ["live"], default, null));
        await LoadAsync();

        _ring.Find(Plain);
        Assert.Empty(_ring.Uses);
        _ring.Find(secret);
        Assert.Equal(Moment.Now(_time), Assert.Single(_ring.Uses).Value);
    }

    [Fact]
    public void Configured_keys_leave_no_demo_key() => Assert.Equal((null, null), (_ring.DemoKey, _ring.DemoOperatorKey));

    [Fact]
    public void The_demo_key_is_well_formed_new_each_time_and_may_only_look()
    {
        var options = new PushNetOptions { Operator = new() { Url = "http://127.0.0.1:8081" } };
        var (one, other) = (Ring(options), Ring(new PushNetOptions()));

        Assert.True(SecretText.IsWellFormed(one.DemoKey!));
        Assert.NotEqual(one.DemoKey, other.DemoKey);
        Assert.Equal(("demo", "live odds"), Found(one, one.DemoKey!));
        Assert.Null(other.Find(one.DemoKey!).Secret);
        Assert.StartsWith("pn_demo_ops_", one.DemoOperatorKey);
        Assert.Equal(("demo-operator", "ops"), Found(one, one.DemoOperatorKey!));
        Assert.Null(other.DemoOperatorKey);
        Assert.Null(Ring(new PushNetOptions
        {
            Operator = new() { Url = options.Operator.Url, Metrics = new() { Url = "http://0.0.0.0:9090" } },
        }).DemoOperatorKey);
    }

    [Fact]
    public async Task The_demo_key_ends_with_the_first_stored_key_and_does_not_come_back()
    {
        var ring = Ring(new PushNetOptions { Operator = new() { Url = "http://127.0.0.1:8081" } });
        string[] demo = [ring.DemoKey!, ring.DemoOperatorKey!];
        var admitted = ring.Find(demo[0]).Secret!;

        _file.Create(new NewKey("first", ["ingest"], default, null));
        await ring.LoadAsync(CancellationToken.None);
        Assert.All(demo, key => Assert.StartsWith("the demo's keys have ended, because this server has keys", ring.Find(key).Fault));
        Assert.StartsWith("the demo's keys have ended", ring.Fault(admitted, "live"));
        Assert.InRange(ring.Fault(admitted, "live")!.Length, 1, 123);

        _file.Revoke("first", []);
        await ring.LoadAsync(CancellationToken.None);
        Assert.All(demo, key => Assert.Null(ring.Find(key).Secret));
        Assert.Equal((null, null), (ring.DemoKey, ring.DemoOperatorKey));
    }

    [Fact]
    public void Without_demo_and_keys_nobody_gets_in()
    {
        var ring = Ring(new PushNetOptions { Feed = new() { Kind = "none" } });

        Assert.Null(ring.DemoKey);
        Assert.Null(ring.Find(Plain).Secret);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Does to the file what a statement says, or writes the text in its place; null to delete it.</summary>
    private void Spoil(string? how)
    {
        if (how is null)
        {
            File.Delete(_file.FullPath);
        }
        else if (how.StartsWith("UPDATE ", StringComparison.Ordinal) || how.StartsWith("DROP ", StringComparison.Ordinal))
        {
            using var connection = new SqliteConnection($"Data Source={_file.FullPath};Pooling=False");
            connection.Open();
            SqliteCommands.Execute(connection, how);
        }
        else
        {
            File.WriteAllText(_file.FullPath, how);
        }
    }

    private Task LoadAsync() => _ring.LoadAsync(CancellationToken.None);

    private ApiKeyRing Ring(PushNetOptions options) => new(options, new FeedsInForce(options, hasStoredKeys: false), _time, _file);

    private static (string, string) Found(ApiKeyRing ring, string presented)
    {
        var key = ring.Find(presented).Secret!.Key;
        return (key.Name, string.Join(' ', key.Scopes));
    }
}
