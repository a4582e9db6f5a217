using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Actors.Channels;
using PushNet.Actors.Clock;
using PushNet.Actors.Log;
using PushNet.Actors.State;
using PushNet.Web.Http;
using PushNet.Web.Settings;
using PushNet.Web.Sockets;

namespace PushNet.Web.Hosting;

/// <summary>
/// Has the clients of a server that is cut off from the log go to another one that is not. The server does not end: once it follows the
/// log again, it admits clients.
/// </summary>
internal sealed partial class CutOffWatch(
    LogKeeping shared,
    PushNetOptions options,
    ActorRegistry actors,
    SocketRegistry sockets,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<CutOffWatch> log) : BackgroundService
{
    private const string WhyClosed = "the server is cut off from its data";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // All must be gone before others are given their slots.
    private static readonly TimeSpan LongestSpreadOfLapsed = TimeSpan.FromSeconds(3);

    private readonly CutOffRule _rule = new(options.Data.Log.GoodbyeAfter);
    private readonly OtherServers _others = new();
    private volatile string? _whyNotReady;

    /// <summary>Adds it where servers share a log.</summary>
    /// <param name="services">The services; those behind Akka may follow.</param>
    /// <param name="shared">The log; null when there is none.</param>
    public static void AddTo(IServiceCollection services, LogKeeping? shared)
    {
        if (shared is not null)
        {
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CutOffWatch>(provider, shared));
            services.AddHostedService(provider => provider.GetRequiredService<CutOffWatch>());
        }
    }

    /// <summary>Why no clients should be sent here, as a sentence; null when they may be.</summary>
    public string? WhyNotReady => _whyNotReady;

    public override void Dispose()
    {
        _others.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A stop lets all clients go for good, long before the services end.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await foreach (var _ in Ticks.Every(Interval, time, ending.Token))
        {
            if (await StatusAsync() is not { } status)
            {
                continue;
            }

            var follower = status.Standing == LogStanding.Ready ? null : await _others.FollowerAsync(shared.Others);
            var wasLeaving = _rule.IsLeaving;
            _rule.Judge(status, follower, shared.Slots.HasLapsed, Moment.Now(time));
            TellReadiness();
            if (_rule.IsLeaving != wasLeaving && !ending.IsCancellationRequested)
            {
                TellClients();
            }
        }
    }

    private async Task<LogStatus?> StatusAsync()
    {
        try
        {
            return (await actors.Get<GameStateActor>().Ask<BoardStatus>(new GetBoardStatus(), Interval)).Log;
        }
        catch (AskTimeoutException)
        {
            // It is asked again soon.
            return null;
        }
    }

    private void TellReadiness()
    {
        if (_rule.WhyNotReady is { } why && _whyNotReady is null)
        {
            LogNotReady(log, why);
        }
        else if (_rule.WhyNotReady is null && _whyNotReady is not null)
        {
            LogReady(log);
        }

        _whyNotReady = _rule.WhyNotReady;
    }

    private void TellClients()
    {
        if (_rule.IsLeaving)
        {
            var clients = sockets.Count;
            LogLeaving(log, clients);
            var spread = Drain.EvenSpread(clients);
            var isShort = shared.Slots.HasLapsed && spread > LongestSpreadOfLapsed;
            Tell(new StopAdmitting(WhyClosed), new Drain(isShort ? LongestSpreadOfLapsed : spread, WhyClosed));
        }
        else
        {
            Tell(new AdmitAgain(), new EndDrain());
        }
    }

    private void Tell(object limiter, object publishers)
    {
        actors.Get<ConnectionLimiter>().Tell(limiter, ActorRefs.NoSender);
        actors.Get<LivePublisher>().Tell(publishers, ActorRefs.NoSender);
        actors.Get<OddsPublisher>().Tell(publishers, ActorRefs.NoSender);
    }

    [LoggerMessage(1, LogLevel.Warning, "Clients should not be sent here: {Why}")]
    private static partial void LogNotReady(ILogger log, string why);

    [LoggerMessage(2, LogLevel.Warning, "{Clients} clients are told to connect to another server, and others are not admitted")]
    private static partial void LogLeaving(ILogger log, int clients);

    [LoggerMessage(3, LogLevel.Information, "Clients may be sent here again")]
    private static partial void LogReady(ILogger log);
}
