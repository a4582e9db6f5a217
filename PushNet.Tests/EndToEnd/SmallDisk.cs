namespace PushNet.Tests.EndToEnd;

/// <summary>A separate disk that is soon full: a tmpfs, which only root may mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Mounts it.</summary>
    /// <param name="megabytes">Its size.</param>
    public SmallDisk(int megabytes = 8) =>
        ByRoot.Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0700", "pushnet-test", Name);

    /// <summary>Where it is mounted.</summary>
    public string Name => _folder.Name;

    private string Filling => _folder.File("filling");

    /// <summary>True when this process may mount one.</summary>
    public static bool CanMount()
    {
        using var folder = new TempFolder();
        return ByRoot.TryRun("mount", "-t", "tmpfs", "-o", "size=4k", "pushnet-test", folder.Name)
            && ByRoot.TryRun("umount", folder.Name);
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        // Written through at once, so that nothing is kept back that could not be written when the file is closed.
        using var file = File.OpenHandle(Filling, FileMode.Create, FileAccess.Write);
        var page = new byte[Environment.SystemPageSize];
        var offset = 0L;
        while (TryWrite())
        {
            offset += page.Length;
        }

        bool TryWrite()
        {
            try
            {
                RandomAccess.Write(file, page, offset);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <summary>Gives the room back.</summary>
    public void MakeRoom() => File.Delete(Filling);

    public void Dispose()
    {
        // Lazily, because the server of a failed test may still have files open.
        ByRoot.Run("umount", "-l", Name);
        _folder.Dispose();
    }
}
