using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Data;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;

namespace PushNet.Tests.Security.Keys;

public sealed class KeyWatchTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly TempFolder _folder = new();
    private readonly KeyFile _file;

    public KeyWatchTests() => _file = new KeyFile(_folder.File("keys.db"), _time);

    [Fact]
    public async Task Nothing_is_written_to_a_file_that_can_not_be_used()
    {
        var secret = _file.Create(new NewKey("board", ["live"], default, null));
        var whole = await File.ReadAllBytesAsync(_file.FullPath);
        var ring = new ApiKeyRing(new PushNetOptions(), new FeedsInForce(new PushNetOptions(), hasStoredKeys: true), _time, _file);
        using var watch = new KeyWatch(ring, [], _time, NullLogger<KeyWatch>.Instance, _file);
        await watch.StartAsync(CancellationToken.None);
        using (var connection = new SqliteConnection($"Data Source={_file.FullPath};Pooling=False"))
        {
            connection.Open();
            SqliteCommands.Execute(connection, "UPDATE keys SET expires_at = 9223372036854775807");
        }

        var bad = await File.ReadAllBytesAsync(_file.FullPath);
        Assert.NotNull(ring.Find(secret).Secret);
        await UntilAsync(() => ring.StoreFault is not null);
        await watch.StopAsync(CancellationToken.None);
        Assert.Equal(bad, await File.ReadAllBytesAsync(_file.FullPath));

        // A use is noted when the file is good again.
        await File.WriteAllBytesAsync(_file.FullPath, whole);
        using var next = new KeyWatch(ring, [], _time, NullLogger<KeyWatch>.Instance, _file);
        await next.StartAsync(CancellationToken.None);
        await UntilAsync(() => _file.Keys()[0].LastUsedAt is not null);
        await next.StopAsync(CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    // Lets ticks pass until it is so, because the watch begins to count them on a separate thread.
    private Task UntilAsync(Func<bool> isSo) => Eventually.True(() =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(500));
        return Task.FromResult(isSo());
    });
}
