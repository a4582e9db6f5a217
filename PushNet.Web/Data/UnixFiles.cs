using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PushNet.Web.Data;

/// <summary>Tells which file stands at a path: another one in its place has another identity.</summary>
internal readonly record struct FileIdentity(ulong Inode, uint DeviceMajor, uint DeviceMinor);

/// <summary>What .NET does not tell about files: their identity, and locks on directories.</summary>
internal static partial class UnixFiles
{
    private const int CurrentDirectory = -100;
    private const uint InodeNumber = 0x100;
    private const int CloseOnExec = 0x80000;
    private const int LockExclusiveOrFail = 2 | 4;
    private const int WouldBlock = 11;

    /// <summary>The identity of what is at a path; null when nothing is. The same for all files where the system is not Linux.</summary>
    public static FileIdentity? IdentityOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(path) ? default(FileIdentity) : null;
        }

        return Stat(CurrentDirectory, path, 0, InodeNumber, out var found) == 0
            ? new FileIdentity(found.Inode, found.DeviceMajor, found.DeviceMinor) : null;
    }

    /// <summary>Locks a directory itself, whatever becomes of the files in it, until the handle is closed.</summary>
    /// <returns>Null where the system or the file system has no such locks.</returns>
    /// <exception cref="IOException">Another process has it.</exception>
    public static SafeFileHandle? LockDirectory(string path)
    {
        if (!OperatingSystem.IsLinux() || Open(path, CloseOnExec) is not (>= 0 and var descriptor))
        {
            return null;
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (Lock(descriptor, LockExclusiveOrFail) == 0)
        {
            return handle;
        }

        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        return error == WouldBlock ? throw new IOException($"{path} is locked", WouldBlock) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(int directory, string path, int flags, uint mask, out Status status);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(int descriptor, int operation);

    // struct statx of the kernel, which is the same on all processors.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
