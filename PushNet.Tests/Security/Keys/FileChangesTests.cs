using Microsoft.Extensions.Time.Testing;
using PushNet.Web.Security.Keys;

namespace PushNet.Tests.Security.Keys;

public sealed class FileChangesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly string _path;

    public FileChangesTests() => _path = _folder.File("keys.db");

    [Fact]
    public void A_file_is_looked_at_again_while_its_stamp_is_young_and_then_when_it_changes()
    {
        File.WriteAllText(_path, "a");
        var changes = new FileChanges(_path, _time);
        Assert.True(changes.Look());
        Assert.True(changes.Look());

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(changes.Look());
        Assert.False(changes.Look());

        File.SetLastWriteTimeUtc(_path, File.GetLastWriteTimeUtc(_path).AddMilliseconds(1));
        Assert.True(changes.Look());
        Assert.True(changes.Look());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(changes.Look());
        Assert.False(changes.Look());
        File.AppendAllText(_path, "b");
        Assert.True(changes.Look());
    }

    [Fact]
    public void A_file_may_come_and_go()
    {
        var changes = new FileChanges(_path, _time);
        Assert.False(changes.Look());

        File.WriteAllText(_path, "a");
        Assert.True(changes.Look());
        File.Delete(_path);
        Assert.True(changes.Look());
        Assert.False(changes.Look());

        changes.Forget();
        Assert.True(changes.Look());
    }

    [Fact]
    public void What_could_not_be_read_is_looked_at_again()
    {
        File.WriteAllText(_path, "a");
        var changes = new FileChanges(_path, _time);
        _time.Advance(TimeSpan.FromSeconds(10));
        changes.Look();
        Assert.False(changes.Look());

        changes.Forget();
        Assert.True(changes.Look());
    }

    public void Dispose() => _folder.Dispose();
}
