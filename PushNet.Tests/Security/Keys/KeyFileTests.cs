using System.Runtime.Versioning;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Clock;
using PushNet.Web.Data;
using PushNet.Web.Security.Keys;

namespace PushNet.Tests.Security.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests : IDisposable
{
    private static readonly NewKey Board = new("board", ["live", "odds"], new KeyLimits(5, 100), null);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_795_510_800_000));
    private readonly TempFolder _folder = new();
    private readonly KeyFile _file;

    public KeyFileTests() => _file = new KeyFile(Path.Combine(_folder.Name, "data", "keys.db"), _time);

    [Fact]
    public void A_file_that_is_not_there_holds_no_keys_and_is_not_made_by_looking()
    {
        _file.Check();

        Assert.Empty(_file.Keys());
        Assert.Empty(_file.Secrets());
        Assert.False(Path.Exists(Path.GetDirectoryName(_file.FullPath)));
        Assert.Contains("keys create", Assert.Throws<KeyStoreException>(() => _file.Revoke("board", [])).Message);
        Assert.Throws<KeyStoreException>(() => _file.Note([]));
        Assert.False(File.Exists(_file.FullPath));
    }

    [Fact]
    public void The_file_and_its_directory_are_for_their_owner_alone()
    {
        _file.Create(Board);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file.FullPath));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(
                Path.GetDirectoryName(_file.FullPath)!));

        File.SetUnixFileMode(_file.FullPath, (UnixFileMode)0b110_100_100);
        _file.Check();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file.FullPath));
    }

    [Fact]
    public void A_directory_that_anybody_may_write_to_is_refused()
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(_file.FullPath)!);
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);

        Assert.Contains("chmod 700", Assert.Throws<KeyStoreException>(() => _file.Create(Board)).Message);
        Assert.Empty(folder.GetFiles());
    }

    [Fact]
    public void A_key_is_kept_as_it_was_made_and_its_secret_as_a_hash_only()
    {
        var secret = _file.Create(Board);

        var stored = Assert.Single(_file.Keys());
        Assert.Equal(("board", "live,odds", new KeyLimits(5, 100), "active"),
            (stored.Name, string.Join(',', stored.Scopes), stored.Limits, stored.StatusAt(_time.GetUtcNow())));
        Assert.Equal(_time.GetUtcNow(), stored.CreatedAt);
        Assert.Null(stored.LastUsedAt);
        Assert.Equal(SecretText.Hash(secret), Assert.Single(_file.Secrets()).Hash.ToArray());
        Assert.DoesNotContain(secret["pn_odds_".Length..], Encoding.Latin1.GetString(File.ReadAllBytes(_file.FullPath)));
    }

    [Fact]
    public void A_name_is_used_once_until_its_key_is_revoked()
    {
        _file.Create(Board);
        Assert.Contains("\"board\"", Assert.Throws<KeyStoreException>(() => _file.Create(Board)).Message);

        _file.Revoke("board", []);
        _file.Create(Board);
        Assert.Equal(["revoked", "active"], _file.Keys().Select(key => key.StatusAt(_time.GetUtcNow())));
    }

    [Fact]
    public void A_rotation_keeps_two_secrets_and_never_three()
    {
        var first = _file.Create(Board);
        var second = _file.Rotate("board", TimeSpan.FromHours(1));
        var third = _file.Rotate("board", TimeSpan.FromHours(24));

        Assert.Equal(
            new[] { second, third }.Select(secret => Convert.ToHexString(SecretText.Hash(secret))).Order(),
            _file.Secrets().Select(secret => Convert.ToHexString(secret.Hash)).Order());
        Assert.Equal(_time.GetUtcNow().AddHours(24), Assert.Single(_file.Keys()).OldSecretUntil);
        Assert.Equal([false, true], _file.Secrets().Select(secret => secret.IsExpired(_time.GetUtcNow().AddHours(24))).Order());
        Assert.NotEqual(first, second);
        Assert.Throws<KeyStoreException>(() => _file.Rotate("bord", TimeSpan.Zero));
    }

    [Fact]
    public void A_secret_in_rotation_never_outlives_its_key()
    {
        _file.Create(Board with { ExpiresAt = _time.GetUtcNow().AddHours(1) });
        _file.Rotate("board", TimeSpan.FromHours(24));

        Assert.All(_file.Secrets(), secret => Assert.True(secret.IsExpired(_time.GetUtcNow().AddHours(1))));
        Assert.All(_file.Secrets(), secret => Assert.False(secret.IsExpired(_time.GetUtcNow())));

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Contains("has expired", Assert.Throws<KeyStoreException>(() => _file.Rotate("board", TimeSpan.FromHours(24))).Message);
    }

    [Fact]
    public void Scopes_go_one_by_one_and_the_key_with_the_last()
    {
        _file.Create(Board);

        Assert.Equal(["live"], _file.Revoke("board", ["odds", "ingest"]));
        Assert.Equal(["live"], Assert.Single(_file.Secrets()).Key.Scopes);
        Assert.Empty(_file.Revoke("board", ["live"]));
        Assert.Empty(_file.Secrets());
        Assert.NotNull(Assert.Single(_file.Keys()).RevokedAt);
    }

    [Fact]
    public void The_last_use_is_noted()
    {
        _file.Create(Board);
        var id = Assert.Single(_file.Secrets()).Key.StoredId!;

        _file.Note([KeyValuePair.Create(id, Moment.Now(_time) + TimeSpan.FromMinutes(5))]);

        Assert.Equal(_time.GetUtcNow().AddMinutes(5), Assert.Single(_file.Keys()).LastUsedAt);
    }

    [Fact]
    public void A_file_that_is_no_database_or_a_damaged_one_is_told_by_a_sentence()
    {
        _file.Create(Board);
        var whole = File.ReadAllBytes(_file.FullPath);
        File.WriteAllText(_file.FullPath, new string('x', 5000));
        Assert.Contains($"{_file.FullPath} is damaged", Assert.Throws<KeyStoreException>(_file.Check).Message);

        // A page of nonsense in the middle.
        File.WriteAllBytes(_file.FullPath, [.. whole[..4096], .. Enumerable.Repeat((byte)0xEE, 4096), .. whole[8192..]]);
        Assert.Contains($"{_file.FullPath} is damaged", Assert.Throws<KeyStoreException>(_file.Check).Message);

        File.WriteAllBytes(_file.FullPath, whole);
        _file.Check();
    }

    [Fact]
    public void Only_making_a_key_makes_a_file_of_keys_of_an_empty_one()
    {
        _file.Create(Board);
        File.WriteAllBytes(_file.FullPath, []);

        Assert.Contains(
            " is empty", Assert.Throws<KeyStoreException>(() => _file.Note([KeyValuePair.Create("1", Moment.Now(_time))])).Message);
        Assert.Empty(File.ReadAllBytes(_file.FullPath));

        _file.Create(Board);
        Assert.Single(_file.Keys());
    }

    [Fact]
    public void A_database_of_something_else_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.FullPath)!);
        using (var other = new SqliteConnection($"Data Source={_file.FullPath};Pooling=False"))
        {
            other.Open();
            SqliteCommands.Execute(other, "CREATE TABLE recipes (title TEXT)");
        }

        Assert.Contains("not of keys", Assert.Throws<KeyStoreException>(_file.Check).Message);
        Assert.Contains("not of keys", Assert.Throws<KeyStoreException>(() => _file.Create(Board)).Message);
    }

    public void Dispose() => _folder.Dispose();
}
