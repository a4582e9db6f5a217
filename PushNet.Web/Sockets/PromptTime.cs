namespace PushNet.Web.Sockets;

/// <summary>
/// The system's time, with timers that are late only by microseconds. .NET's own timers follow a clock that the kernel moves at each
/// tick of its scheduler, every 4 ms on most machines, which is longer than most flushes take. Each timer is a thread, so they are only
/// for the few that fire hundreds of times a second. Systems other than Linux get .NET's timers.
/// </summary>
internal sealed class PromptTime : TimeProvider
{
    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!OperatingSystem.IsLinux())
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        var timer = new KernelTimer(() => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }
}
