using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace PushNet.Web.Sockets.Ring;

/// <summary>Memory of a ring that the kernel shares with this process (man 2 mmap).</summary>
internal sealed unsafe partial class Mapping : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int ReadAndWrite = 3;
    private const int SharedAndPopulated = 0x8001;

    private readonly nuint _length;

    /// <summary>Maps it.</summary>
    /// <exception cref="Win32Exception">It can't be mapped.</exception>
    [SupportedOSPlatform("linux")]
    public Mapping(SafeFileHandle ring, nuint length, long offset)
        : base(ownsHandle: true)
    {
        _length = length;
        SetHandle(mmap(0, length, ReadAndWrite, SharedAndPopulated, ring, offset));
        if (IsInvalid)
        {
            throw new Win32Exception();
        }
    }

    public byte* Start => (byte*)handle;

    protected override bool ReleaseHandle() => munmap(handle, _length) == 0;

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc")]
    private static partial int munmap(nint address, nuint length);
}
