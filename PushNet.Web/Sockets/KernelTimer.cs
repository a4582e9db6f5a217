using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace PushNet.Web.Sockets;

/// <summary>
/// A timer of the Linux kernel (man 2 timerfd_create), which fires once for each time it is set. Its callback runs on a thread of
/// its own and must be short. Set and disposed by one thread at a time.
/// </summary>
internal sealed partial class KernelTimer : ITimer
{
    private const int Monotonic = 1;
    private const int CloseOnExec = 0x80000;

    private readonly SafeFileHandle _timer;
    private readonly Action _callback;
    private volatile bool _isDisposed;

    /// <summary>A timer that is not set.</summary>
    /// <exception cref="Win32Exception">The process may open no more files.</exception>
    [SupportedOSPlatform("linux")]
    public KernelTimer(Action callback)
    {
        var timer = timerfd_create(Monotonic, CloseOnExec);
        _timer = timer >= 0 ? new SafeFileHandle(timer, ownsHandle: true) : throw new Win32Exception();
        _callback = callback;
        new Thread(Run) { IsBackground = true, Name = "timer" }.Start();
    }

    /// <summary>Sets it again.</summary>
    /// <param name="dueTime">When it fires; <see cref="Timeout.InfiniteTimeSpan"/>: not at all.</param>
    /// <param name="period">Always <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <returns>False when it is disposed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The period is another one.</exception>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(period, Timeout.InfiniteTimeSpan);

        // To the kernel, zero means never.
        return !_isDisposed && Set(
            dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : dueTime <= TimeSpan.Zero ? TimeSpan.FromTicks(1) : dueTime);
    }

    public void Dispose()
    {
        _isDisposed = true;
        Set(TimeSpan.FromTicks(1));
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private bool Set(TimeSpan due)
    {
        var (seconds, rest) = Math.DivRem(due.Ticks, TimeSpan.TicksPerSecond);
        try
        {
            return timerfd_settime(_timer, 0, new Setting(0, 0, seconds, rest * TimeSpan.NanosecondsPerTick), 0) == 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private void Run()
    {
        using (_timer)
        {
            while (true)
            {
                // A signal interrupts the wait, and then nothing has expired.
                var hasExpired = read(_timer, out _, sizeof(ulong)) > 0;
                if (_isDisposed)
                {
                    return;
                }

                if (hasExpired)
                {
                    _callback();
                }
            }
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int timerfd_create(int clock, int flags);

    [LibraryImport("libc")]
    private static partial int timerfd_settime(SafeFileHandle timer, int flags, in Setting setting, nint before);

    [LibraryImport("libc")]
    private static partial nint read(SafeFileHandle file, out ulong expirations, nint bytes);

    /// <summary>struct itimerspec: again after, and first after.</summary>
    private readonly record struct Setting(long PeriodSeconds, long PeriodNanoseconds, long Seconds, long Nanoseconds);
}
