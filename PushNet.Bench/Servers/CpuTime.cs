using System.Globalization;

namespace PushNet.Bench.Servers;

/// <summary>CPU time that processes have used.</summary>
/// <param name="User">In their own code.</param>
/// <param name="Kernel">In the kernel.</param>
internal readonly record struct CpuTime(TimeSpan User, TimeSpan Kernel)
{
    private const double TicksPerSecond = 100;

    /// <summary>Both together.</summary>
    public TimeSpan Total => User + Kernel;

    public static CpuTime operator +(CpuTime one, CpuTime other) => new(one.User + other.User, one.Kernel + other.Kernel);

    public static CpuTime operator -(CpuTime now, CpuTime then) => new(now.User - then.User, now.Kernel - then.Kernel);

    /// <summary>What a process has used so far.</summary>
    public static CpuTime Of(int process)
    {
        // The second field of /proc/PID/stat may hold blanks; utime and stime are the 12th and 13th behind it.
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new(Ticks(fields[11]), Ticks(fields[12]));
    }

    private static TimeSpan Ticks(string ticks) => TimeSpan.FromSeconds(long.Parse(ticks, CultureInfo.InvariantCulture) / TicksPerSecond);
}
