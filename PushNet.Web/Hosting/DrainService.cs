using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Actors.Channels;
using PushNet.Actors.Feed;
using PushNet.Actors.Feed.Recording;
using PushNet.Actors.State;
using PushNet.Web.Ingest;
using PushNet.Web.Settings;
using PushNet.Web.Sockets;

namespace PushNet.Web.Hosting;

/// <summary>
/// Stops the server so that nobody is surprised: admits nobody, ends the feeds, delivers what was acknowledged, tells
/// every client when to come back, and closes. Runs before Kestrel stops. Otherwise Kestrel would wait for the open sockets for the
/// whole shutdown timeout of the host.
/// </summary>
internal sealed partial class DrainService(
    ActorRegistry actors, SocketRegistry sockets, IngestGate ingest, DrainOptions options, TimeProvider time, ILogger<DrainService> log)
    : IHostedLifecycleService
{
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        actors.Get<ConnectionLimiter>().Tell(new StopAdmitting("the server is stopping"), ActorRefs.NoSender);
        actors.Get<GameStateActor>().Tell(new StopWaiting(), ActorRefs.NoSender);

        // The clients get at least half the window, even if others before them don't end in time.
        var sources = options.Window / 4;
        await Task.WhenAll(actors.EndAsync<FeedsActor>(new StopFeeds(), sources), ingest.CloseAsync(sources));
        await KeepBoard(LeftOf(options.Window / 2, begin));
        await actors.EndAsync<RecorderActor>(PoisonPill.Instance, LeftOf(options.Window / 2, begin));

        var clients = sockets.Count;
        var drain = new Drain(Spread(clients, LeftOf(options.Window, begin)), "the server restarts");
        actors.Get<LivePublisher>().Tell(drain, ActorRefs.NoSender);
        actors.Get<OddsPublisher>().Tell(drain, ActorRefs.NoSender);
        while (sockets.Count > 0 && time.GetElapsedTime(begin) < options.Window)
        {
            await Task.Delay(Poll, time, CancellationToken.None);
        }

        var aborted = sockets.Count;
        foreach (var socket in sockets.Sockets)
        {
            socket.Abort();
        }

        LogDrained(log, clients, aborted, time.GetElapsedTime(begin).TotalMilliseconds);
    }

    private async Task KeepBoard(TimeSpan longest)
    {
        try
        {
            await actors.Get<GameStateActor>().Ask<BoardStopped>(new StopBoard(), longest);
        }
        catch (AskTimeoutException)
        {
            LogNotKept(log);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Takes at most half the time left and goes faster if it must, so that the last clients still have time for their half of the close.
    private static TimeSpan Spread(int clients, TimeSpan left)
    {
        var even = Drain.EvenSpread(clients);
        return even < left / 2 ? even : left / 2;
    }

    // Never nothing: whatever is told to end has a moment for it, however late it is.
    private TimeSpan LeftOf(TimeSpan span, long begin)
    {
        var left = span - time.GetElapsedTime(begin);
        return left > LeastTime ? left : LeastTime;
    }

    [LoggerMessage(1, LogLevel.Information, "Drained {Clients} connections in {Milliseconds:0} ms; {Aborted} had to be aborted")]
    private static partial void LogDrained(ILogger log, int clients, int aborted, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "The board could not be kept in time; all that was acknowledged is in the journal or the log")]
    private static partial void LogNotKept(ILogger log);
}
