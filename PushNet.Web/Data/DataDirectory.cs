using PushNet.Web.Settings;

namespace PushNet.Web.Data;

/// <summary>Where the server keeps files. It is made when the first file is, and only its owner may use it.</summary>
/// <param name="FullPath">The directory; it may not be there yet.</param>
internal sealed record DataDirectory(string FullPath)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The directory that the settings name, relative to the content root; null when nothing may be kept.</summary>
    public static DataDirectory? Of(DataOptions options, string contentRoot) =>
        options.Directory.Length == 0 ? null : new DataDirectory(Path.GetFullPath(options.Directory, contentRoot));

    /// <summary>The stored keys.</summary>
    public string KeyFile => Path.Combine(FullPath, "keys.db");

    /// <summary>True when it lies in a directory or below it.</summary>
    public bool IsIn(string directory) => !Path.GetRelativePath(directory, FullPath).StartsWith("..", StringComparison.Ordinal);

    /// <summary>Makes the directory (0700) unless it is there.</summary>
    /// <exception cref="IOException">It can't be made, or is one that anybody may write to.</exception>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(FullPath);
            return;
        }

        Directory.CreateDirectory(FullPath, OwnerOnly | UnixFileMode.UserExecute);
        if ((File.GetUnixFileMode(FullPath) & UnixFileMode.OtherWrite) != 0)
        {
            throw new IOException(
                $"anybody may write to {FullPath}, and so could put other keys there; use a directory of its own, or chmod 700 it");
        }
    }

    /// <summary>Makes an empty file (0600) unless it is there.</summary>
    public static void CreatePrivate(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (new FileStream(file, options))
        {
        }

        MakePrivate(file);
    }

    /// <summary>Restricts a file to its owner.</summary>
    public static void MakePrivate(string file)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file) is var mode && (mode & ~OwnerOnly) != 0)
        {
            File.SetUnixFileMode(file, mode & OwnerOnly);
        }
    }
}
