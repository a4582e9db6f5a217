using PushNet.Web.Data;
using PushNet.Web.Http;
using PushNet.Web.Operators.Port;
using PushNet.Web.Settings;

namespace PushNet.Web.Hosting;

/// <summary>
/// What a server does while another one has its database: it listens where it will serve, says that it is alive and not ready, and
/// waits. A web server of its own, so that nothing of the other one need know of a board that is not there.
/// </summary>
internal static partial class Standby
{
    private const string Reason = "another server has the database; this one is its standby and serves when that one has ended";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when this server has the database; at once unless it has to stand by.</summary>
    /// <param name="server">The server, not started yet.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public static async Task WaitAsync(WebApplication server, CancellationToken stop)
    {
        var hold = server.Services.GetRequiredService<BoardHold>();
        if (!hold.IsStandingBy)
        {
            return;
        }

        await using var room = Build(server.Configuration);
        await room.StartAsync(stop);
        LogWaits(server.Logger, string.Join(", ", room.Urls));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);

        // A start works for seconds before it first waits, and the database must be asked meanwhile.
        var options = server.Services.GetRequiredService<PushNetOptions>();
        _ = Task.Run(() => Rehearsal.RunAsync(options, server.Logger, over.Token), CancellationToken.None);
        await foreach (var _ in Ticks.Every(Interval, server.Services.GetRequiredService<TimeProvider>(), stop))
        {
            // It asks the database, which blocks.
            if (await Task.Run(hold.TryTake, stop))
            {
                break;
            }
        }

        await over.CancelAsync();
        stop.ThrowIfCancellationRequested();
        LogTaken(server.Logger);
        Recording.Begin(server.Services);
        await room.StopAsync(new CancellationToken(canceled: true));
    }

    private static WebApplication Build(IConfiguration configuration)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(configuration);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Configure(configuration.GetSection("Kestrel"), reloadOnChange: false);
            kestrel.AddServerHeader = false;
        });
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = KestrelSetup.Bound);
        builder.Services.ConfigureHttpJsonOptions(json => SnakeCase.Set(json.SerializerOptions));
        var room = builder.Build();
        room.Run(Answer);
        return room;
    }

    private static Task Answer(HttpContext context)
    {
        var response = context.Response;
        switch (context.Request.Path.Value)
        {
            case $"{OperatorPort.HealthPrefix}/live":
                return Readiness.Write(response, null);
            case OperatorPort.HealthPrefix:
                return response.WriteAsJsonAsync(HealthBody.OfStandby(Reason));
            case $"{OperatorPort.HealthPrefix}/ready":
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return Readiness.Write(response, Reason);
            default:
                RetryLater.Announce(response, StatusCodes.Status503ServiceUnavailable);
                return response.WriteErrorAsync(response.StatusCode, Reason);
        }
    }

    [LoggerMessage(1, LogLevel.Information,
        "PushNet stands by on {Urls}: another server has the database. When that one ends, this one reads the board back and serves.")]
    private static partial void LogWaits(ILogger log, string urls);

    [LoggerMessage(2, LogLevel.Information, "The server that had the database has ended; this one takes over")]
    private static partial void LogTaken(ILogger log);
}
