using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Channels;
using PushNet.Actors.Clock;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;
using PushNet.Web.Http;

namespace PushNet.Web.Hosting;

/// <summary>Looks once a second whether a source went stale or came back, and has the clients that asked for details told.</summary>
internal sealed class FeedWatch(
    SourceRegistry sources,
    IRequiredActor<LivePublisher> live,
    IRequiredActor<OddsPublisher> odds,
    TimeProvider time,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly FrameEncoder _encoder = new();
    private IReadOnlyList<StaleFeed> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IActorRef[] publishers = [live.ActorRef, odds.ActorRef];
        // A stop ends the feeds long before the services, and a feed that has ended is not fresh.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await foreach (var _ in Ticks.Every(Interval, time, ending.Token))
        {
            var stale = sources.Stale;
            if (ending.IsCancellationRequested)
            {
                return;
            }

            // Of several keys, now one and now another may have been silent for longest; that is no news.
            if (!stale.Select(NameAndState).SequenceEqual(_told.Select(NameAndState)))
            {
                _told = stale;
                var notice = new FeedNotice(_encoder.Feed(stale, Moment.Now(time).Ts), stale.Count > 0);
                foreach (var publisher in publishers)
                {
                    publisher.Tell(notice, ActorRefs.NoSender);
                }
            }
        }
    }

    private static (string Name, string State) NameAndState(StaleFeed feed) => (feed.Name, feed.State);
}
