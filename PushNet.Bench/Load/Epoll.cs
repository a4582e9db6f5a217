using System.Runtime.InteropServices;

namespace PushNet.Bench.Load;

/// <summary>
/// Linux's epoll and recv: one thread reads thousands of sockets into one shared buffer, with one system call per readable socket.
/// </summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;
    private const uint Readable = 1;
    private const uint EdgeTriggered = 1u << 31;
    private const int DontWait = 0x40;
    private const int MaxEvents = 4096;

    // The kernel packs struct epoll_event on x64 only.
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = Stride - sizeof(long);

    private readonly int _epoll = Check(epoll_create1(0), "epoll_create1");
    private readonly byte[] _events = GC.AllocateArray<byte>(MaxEvents * 16, pinned: true);

    /// <summary>
    /// Watches a socket. <paramref name="tag"/> comes back once for everything that came since the last time, so the kernel does not
    /// look at each socket once more to see that it was emptied.
    /// </summary>
    public void Watch(int socket, long tag) => Control(Add, socket, tag);

    /// <summary>Watches a socket that was not emptied: it comes back as if more had come.</summary>
    public void WatchAgain(int socket, long tag) => Control(Modify, socket, tag);

    /// <summary>Stops watching it.</summary>
    public void Forget(int socket) => Control(Delete, socket, 0);

    /// <summary>Waits for readable sockets and calls back with the tag of each.</summary>
    /// <returns>How many there were.</returns>
    public int Wait(int milliseconds, Action<long> readable)
    {
        var events = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_events, 0);
        var count = epoll_wait(_epoll, events, MaxEvents, milliseconds);
        for (var i = 0; i < count; i++)
        {
            readable(*(long*)(events + (i * Stride) + DataOffset));
        }

        return count;
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>Bytes read; 0 at the end of the stream; -1 when nothing is there or the connection is gone.</returns>
    public static int Receive(int socket, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return (int)recv(socket, bytes, buffer.Length, DontWait);
        }
    }

    public void Dispose() => _ = close(_epoll);

    private void Control(int operation, int socket, long tag)
    {
        var change = stackalloc byte[16];
        *(uint*)change = Readable | EdgeTriggered;
        *(long*)(change + DataOffset) = tag;
        Check(epoll_ctl(_epoll, operation, socket, change), "epoll_ctl");
    }

    private static int Check(int result, string call) =>
        result >= 0 ? result : throw new InvalidOperationException($"{call} failed with error {Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int epoll, int operation, int socket, byte* change);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(int epoll, byte* events, int maxEvents, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(int socket, byte* buffer, nint length, int flags);

    [LibraryImport("libc")]
    private static partial int close(int file);
}
