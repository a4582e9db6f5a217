namespace PushNet.Tests.EndToEnd.Several;

/// <summary>
/// A disk whose power may fail. It is a file with a file system, so what the kernel has not written to the file yet is not on the disk.
/// </summary>
internal sealed class PowerlessDisk : IDisposable
{
    private const long Length = 512 * 1024 * 1024;

    private readonly TempFolder _folder = new();
    private readonly TempFolder _files = new();
    private readonly string _file;

    /// <summary>Mounts it.</summary>
    public PowerlessDisk()
    {
        _file = _files.File("disk");
        using (var file = File.Create(_file))
        {
            file.SetLength(Length);
        }

        ByRoot.Run("mkfs.ext4", "-q", _file);
        Mount();
    }

    /// <summary>Where it is mounted.</summary>
    public string Name => _folder.Name;

    /// <summary>True when this process may mount one.</summary>
    public static bool CanMount()
    {
        try
        {
            using var disk = new PowerlessDisk();
            return true;
        }
        catch (Xunit.Sdk.XunitException)
        {
            return false;
        }
    }

    /// <summary>The power fails, with whatever writes to the disk, and is back.</summary>
    /// <param name="kill">Ends whatever writes to the disk.</param>
    public async Task FailAsync(Func<Task> kill)
    {
        var left = _files.File("left");
        ByRoot.Run("cp", "--sparse=always", _file, left);
        await kill();
        ByRoot.Run("umount", Name);
        File.Delete(_file);
        File.Move(left, _file);
        Mount();
    }

    public void Dispose()
    {
        // Lazily, because the server of a failed test may still have files open.
        ByRoot.TryRun("umount", "-l", Name);
        _folder.Dispose();
        _files.Dispose();
    }

    private void Mount() => ByRoot.Run("mount", "-o", "loop", _file, Name);
}
