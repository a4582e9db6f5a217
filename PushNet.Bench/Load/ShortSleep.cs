using System.Runtime.InteropServices;

namespace PushNet.Bench.Load;

/// <summary>
/// Sleeps for less than the millisecond that .NET's own waits count in: a lateness of the load client counts as the server's
/// latency.
/// </summary>
internal static partial class ShortSleep
{
    /// <summary>Sleeps; some 60 microseconds longer than asked for.</summary>
    /// <param name="time">How long; under a second. Not above zero: not at all.</param>
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
