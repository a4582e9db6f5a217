using System.Globalization;
using Microsoft.Win32.SafeHandles;
using PushNet.Web.Settings;

namespace PushNet.Web.Data;

/// <summary>
/// Keeps a second server off the data directory for as long as this process lives. The kernel releases the lock when the process ends,
/// however it ends. Locks the directory itself, and also a file in it, for versions that locked only that and systems that can't lock
/// directories.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;
    private readonly SafeFileHandle? _directory;
    private readonly string _holderFile;

    private DirectoryLock(FileStream file, SafeFileHandle? directory, string holderFile) =>
        (_file, _directory, _holderFile) = (file, directory, holderFile);

    /// <summary>Takes the lock; makes the directory where it is missing.</summary>
    /// <exception cref="IOException">Another server has it, or the directory can't be written.</exception>
    public static DirectoryLock Acquire(DataDirectory data)
    {
        // What is locked can't be read on every system, so the holder is named in a file beside it.
        var holderFile = Path.Combine(data.FullPath, "server.pid");
        FileStream? file = null;
        try
        {
            data.Create();
            DataDirectory.CreatePrivate(holderFile);
            file = new FileStream(Path.Combine(data.FullPath, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            DataDirectory.MakePrivate(file.Name);
            var directory = UnixFiles.LockDirectory(data.FullPath);
            NoteHolder(holderFile);
            return new DirectoryLock(file, directory, holderFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new IOException(
                IsTaken(e)
                    ? $"another server (process {Holder(holderFile)}) uses {data.FullPath}. Stop it, or give this one a directory of its "
                        + $"own: {SettingsRules.Name("Data:Directory")}."
                    : $"{SettingsRules.Name("Data:Directory")}: {data.FullPath} can't be used: {e.Message}",
                e);
        }
    }

    public void Dispose()
    {
        // It is another server's when the directory was deleted and made again.
        if (Holder(_holderFile) == Own)
        {
            File.Delete(_holderFile);
        }

        _directory?.Dispose();
        _file.Dispose();
    }

    private static string Own => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    private static void NoteHolder(string holderFile)
    {
        try
        {
            File.WriteAllText(holderFile, Own);
        }
        catch (IOException)
        {
            // A full disk keeps no server from serving what it has.
        }
    }

    // EWOULDBLOCK of Linux and of the BSDs, and the sharing violation of Windows.
    private static bool IsTaken(Exception e) => e is IOException && (e.HResult & 0xFFFF) is 11 or 35 or 32;

    private static string Holder(string holderFile)
    {
        try
        {
            return File.ReadAllText(holderFile) is { Length: > 0 } holder ? holder : "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
