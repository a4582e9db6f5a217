using PushNet.Actors.Log;

namespace PushNet.Web.Data;

/// <summary>Ends a server that can't follow the log any further, for instance because a later version wrote to it.</summary>
internal sealed partial class LogWatch(LogKeeping shared, IHostApplicationLifetime lifetime, ILogger<LogWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogEnded(log, await shared.Ended.WaitAsync(stoppingToken));
        lifetime.StopApplication();
    }

    [LoggerMessage(1, LogLevel.Critical, "This server stops: {Why}")]
    private static partial void LogEnded(ILogger log, string why);
}
