using System.Runtime.Versioning;
using PushNet.Actors.Feed.Recording;

namespace PushNet.Tests.Feed.Recording;

[UnsupportedOSPlatform("windows")]
public sealed class RecordFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_start_has_a_file_of_its_own_and_none_is_overwritten()
    {
        using var first = Create();
        first.Write("first"u8);
        using var second = Create();
        second.Write("second"u8);

        Assert.Equal((_folder.File("match-20260102T200000Z.ndjson"), _folder.File("match-20260102T200000Z-2.ndjson")),
            (first.FullPath, second.FullPath));
        Assert.Equal("first", Read(first));
    }

    [Fact]
    public void What_is_written_is_in_the_file_at_once_and_it_holds_no_more_than_its_limit()
    {
        using var file = Create(maxBytes: 10);
        Assert.True(file.Holds(10));
        file.Write("123456"u8);
        Assert.Equal(("123456", true, false), (Read(file), file.Holds(4), file.Holds(5)));
    }

    [Fact]
    public void A_file_in_which_nothing_was_written_is_removed()
    {
        var (empty, written) = (Create(), Create());
        written.Write("line"u8);

        foreach (var file in new[] { empty, written, empty, written })
        {
            file.Dispose();
        }

        Assert.Equal([written.FullPath], Directory.GetFiles(_folder.Name));
    }

    [Fact]
    public void It_is_its_owners_alone()
    {
        using var file = Create();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.FullPath));
    }

    [Fact]
    public void A_folder_that_is_missing_is_told() =>
        Assert.ThrowsAny<IOException>(() => RecordFile.Create(_folder.File("no/such/match.ndjson"), Given.Now, 1000));

    private RecordFile Create(long maxBytes = 1000) => RecordFile.Create(_folder.File("match.ndjson"), Given.Now, maxBytes);

    private static string Read(RecordFile file)
    {
        using var stream = new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }
}
