using System.Runtime.InteropServices;

namespace PushNet.Bench.Load;

/// <summary>
/// Sleeps for less than a millisecond, which is the unit of .NET's own waits. A delay in the load client counts as the server's
/// latency.
/// </summary>
internal static partial class ShortSleep
{
    /// <summary>Sleeps about 60 microseconds longer than asked for.</summary>
    /// <param name="time">How long; under a second. Zero or less doesn't sleep at all.</param>
    public static void For(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            _ = usleep((uint)time.TotalMicroseconds);
        }
    }

    [LibraryImport("libc")]
    private static partial int usleep(uint microseconds);
}
