using PushNet.Web.Http;

namespace PushNet.Web.Data;

/// <summary>Says every two seconds that this server holds the lock of a database, and ends a server that lost it to another one.</summary>
internal sealed partial class DatabaseWatch(
    DatabaseLock held, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DatabaseWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The database may refuse a write before the lock is found to be lost.
        await await Task.WhenAny(RenewAsync(stoppingToken), held.Ownership.Lost);
        if (held.Ownership.IsLost)
        {
            LogLost(log);
            lifetime.StopApplication();
        }
    }

    private async Task RenewAsync(CancellationToken stopping)
    {
        await foreach (var _ in Ticks.Every(Interval, time, stopping))
        {
            // Its calls to the database block.
            await Task.Run(held.Renew, CancellationToken.None);
        }
    }

    [LoggerMessage(1, LogLevel.Critical, "Another server has taken the database; this one stops")]
    private static partial void LogLost(ILogger log);
}
