using PushNet.Web.Http;
using PushNet.Web.Settings;

namespace PushNet.Web.Sockets;

/// <summary>One timer for the Pings and deadlines of all connections, instead of one for each.</summary>
internal sealed partial class KeepAliveSweep(
    SocketRegistry sockets, KeepAliveOptions keepAlive, SocketOptions options, TimeProvider time, ILogger<KeepAliveSweep> log)
    : BackgroundService
{
    // Looking at 20,000 connections, which are no longer in the caches, costs about 20 ms of CPU.
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in Ticks.Every(Tick(), time, stoppingToken))
        {
            foreach (var socket in sockets.Sockets)
            {
                if (socket.Sweep() is { } reason)
                {
                    LogAborted(log, socket.ConnectionId, reason);
                }
            }
        }
    }

    // A sweep that is late by an eighth of the smaller time closes soon enough, and leaves room for a busy machine.
    private TimeSpan Tick() =>
        new[] { keepAlive.Interval / 8, keepAlive.Timeout / 8, options.CloseTimeout / 2, LongestTick }.Min();

    [LoggerMessage(1, LogLevel.Debug, "Connection {ConnectionId} aborted: {Reason}")]
    private static partial void LogAborted(ILogger log, long connectionId, string reason);
}
