using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace PushNet.Web.Sockets.Ring;

/// <summary>
/// Linux's io_uring (man 7 io_uring), as much of it as sending needs: requests are put into memory that is shared with the
/// kernel, one call hands all of them over, and their results are there when it returns. Not thread-safe.
/// </summary>
internal sealed unsafe partial class IoUring : IDisposable
{
    private const int SetupCall = 425;
    private const int EnterCall = 426;
    private const uint WaitForResults = 1;
    private const uint SingleMapping = 1;
    private const long RequestsOffset = 0x1000_0000;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int Busy = 16;

    private readonly SafeFileHandle _ring;
    private readonly Mapping _queues;
    private readonly Mapping _requests;
    private readonly uint* _requestTail;
    private readonly uint* _requestHead;
    private readonly uint* _resultHead;
    private readonly uint* _resultTail;
    private readonly Result* _results;
    private readonly uint _requestMask;
    private readonly uint _resultMask;

    /// <summary>Asks the kernel for a ring.</summary>
    /// <param name="entries">Requests that fit; a power of 2.</param>
    /// <exception cref="Win32Exception">The kernel has none, or forbids it: containers often do.</exception>
    [SupportedOSPlatform("linux")]
    public IoUring(int entries)
    {
        var setup = default(Setup);
        _ring = new SafeFileHandle((nint)Check(syscall(SetupCall, entries, (nint)(&setup), 0, 0, 0, 0)), ownsHandle: true);
        if ((setup.Features & SingleMapping) == 0)
        {
            _ring.Dispose();
            throw new PlatformNotSupportedException("io_uring of a kernel before 5.4");
        }

        var queueBytes = Math.Max(
            setup.Requests.Array + (setup.RequestEntries * sizeof(uint)),
            setup.Results.Entries + (setup.ResultEntries * sizeof(Result)));
        _queues = new Mapping(_ring, (nuint)queueBytes, 0);
        _requests = new Mapping(_ring, setup.RequestEntries * (nuint)sizeof(Request), RequestsOffset);
        _requestHead = (uint*)(_queues.Start + setup.Requests.Head);
        _requestTail = (uint*)(_queues.Start + setup.Requests.Tail);
        _requestMask = *(uint*)(_queues.Start + setup.Requests.RingMask);
        _resultHead = (uint*)(_queues.Start + setup.Results.Head);
        _resultTail = (uint*)(_queues.Start + setup.Results.Tail);
        _resultMask = *(uint*)(_queues.Start + setup.Results.RingMask);
        _results = (Result*)(_queues.Start + setup.Results.Entries);

        // The kernel looks a request up through this array, which need not be in order. Here it always is.
        var order = (uint*)(_queues.Start + setup.Requests.Array);
        for (var i = 0u; i < setup.RequestEntries; i++)
        {
            order[i] = i;
        }
    }

    /// <summary>Puts a request behind those that were put since the last <see cref="Enter"/>; never more than fit.</summary>
    public void Put(in Request request)
    {
        var tail = *_requestTail;
        ((Request*)_requests.Start)[tail & _requestMask] = request;
        Volatile.Write(ref *_requestTail, tail + 1);
    }

    /// <summary>Hands over what was put and waits for all results.</summary>
    /// <exception cref="Win32Exception">The kernel did not take a request; the ring is of no use any more.</exception>
    public void Enter()
    {
        while (Volatile.Read(ref *_resultTail) != *_requestTail)
        {
            var waiting = *_requestTail - Volatile.Read(ref *_requestHead);
            var outstanding = *_requestTail - *_resultHead;
            if (syscall(EnterCall, _ring.DangerousGetHandle(), (nint)waiting, (nint)outstanding, (nint)WaitForResults, 0, 0) < 0
                && Marshal.GetLastPInvokeError() is not (Interrupted or TryAgain or Busy))
            {
                throw new Win32Exception();
            }
        }
    }

    /// <summary>Takes the next result.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTake(out Result result)
    {
        var head = *_resultHead;
        if (head == Volatile.Read(ref *_resultTail))
        {
            result = default;
            return false;
        }

        result = _results[head & _resultMask];
        Volatile.Write(ref *_resultHead, head + 1);
        return true;
    }

    public void Dispose()
    {
        _requests.Dispose();
        _queues.Dispose();
        _ring.Dispose();
    }

    private static long Check(nint result) => result >= 0 ? result : throw new Win32Exception();

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth, nint fifth, nint sixth);

    /// <summary>A request (struct io_uring_sqe).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct Request
    {
        /// <summary>IORING_OP_SEND, since Linux 5.6.</summary>
        public const byte Send = 26;

        [FieldOffset(0)]
        public byte Operation;

        [FieldOffset(4)]
        public int File;

        [FieldOffset(16)]
        public nint Address;

        [FieldOffset(24)]
        public int Length;

        [FieldOffset(28)]
        public int MessageFlags;

        [FieldOffset(32)]
        public ulong Tag;
    }

    /// <summary>A result (struct io_uring_cqe): what the system call would have returned, or an error number below zero.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct Result
    {
        public readonly ulong Tag;
        public readonly int Value;
        public readonly uint Flags;
    }

    /// <summary>struct io_uring_params.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Setup
    {
        public uint RequestEntries;
        public uint ResultEntries;
        public uint Flags;
        public uint PollThreadCpu;
        public uint PollThreadIdle;
        public uint Features;
        public uint WorkerOf;
        public uint Reserved1;
        public uint Reserved2;
        public uint Reserved3;
        public RequestOffsets Requests;
        public ResultOffsets Results;
    }

    /// <summary>struct io_sqring_offsets.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct RequestOffsets
    {
        public uint Head;
        public uint Tail;
        public uint RingMask;
        public uint RingEntries;
        public uint Flags;
        public uint Dropped;
        public uint Array;
        public uint Reserved;
        public ulong UserAddress;
    }

    /// <summary>struct io_cqring_offsets.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ResultOffsets
    {
        public uint Head;
        public uint Tail;
        public uint RingMask;
        public uint RingEntries;
        public uint Overflow;
        public uint Entries;
        public uint Flags;
        public uint Reserved;
        public ulong UserAddress;
    }
}
