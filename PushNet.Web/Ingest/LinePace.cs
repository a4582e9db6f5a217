using System.Threading.RateLimiting;
using PushNet.Web.Security.Keys;

namespace PushNet.Web.Ingest;

/// <summary>
/// Holds back the lines of keys with a cap on lines per second, over all bodies of a key. Lines wait and none is lost; the sender feels
/// back-pressure.
/// </summary>
internal sealed class LinePace : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<ApiKey> _limiter = PartitionedRateLimiter.Create<ApiKey, string>(key =>
        key.Limits.MaxLinesPerSecond is { } most
            ? RateLimitPartition.GetTokenBucketLimiter(key.Id, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = most,
                TokensPerPeriod = most,
                ReplenishmentPeriod = Second,
                QueueLimit = int.MaxValue,
            })
            : RateLimitPartition.GetNoLimiter(""));

    /// <summary>How many lines may go together.</summary>
    public static int LinesAtOnce(ApiKey key, int most) => Math.Min(key.Limits.MaxLinesPerSecond ?? most, most);

    /// <summary>Waits until lines may go.</summary>
    /// <param name="key">The key that they were sent with.</param>
    /// <param name="lines">At most <see cref="LinesAtOnce"/>.</param>
    /// <param name="end">Ends the waiting.</param>
    /// <returns>False when the waiting was ended.</returns>
    public async ValueTask<bool> WaitAsync(ApiKey key, int lines, CancellationToken end)
    {
        try
        {
            using var lease = await _limiter.AcquireAsync(key, lines, end);
            return lease.IsAcquired;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => _limiter.Dispose();
}
