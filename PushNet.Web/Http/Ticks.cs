using System.Runtime.CompilerServices;

namespace PushNet.Web.Http;

/// <summary>The beat of services that do something again and again.</summary>
internal static class Ticks
{
    /// <summary>One tick after each interval, until the host stops.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="time">The server's clock.</param>
    /// <param name="stopping">
    /// Ends the ticks without throwing. When a host whose start failed is disposed of, a canceled wait would be logged as a fault of its
    /// own.
    /// </param>
    public static async IAsyncEnumerable<bool> Every(
        TimeSpan interval, TimeProvider time, [EnumeratorCancellation] CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(interval, time);
        using var ending = stopping.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            yield return true;
        }
    }
}
