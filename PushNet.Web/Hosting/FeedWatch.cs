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
    SourceRegistry sources, IRequiredActor<LivePublisher> live, IRequiredActor<OddsPublisher> odds, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly FrameEncoder _encoder = new();
    private IReadOnlyList<StaleFeed> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IActorRef[] publishers = [await live.GetAsync(stoppingToken), await odds.GetAsync(stoppingToken)];
        await foreach (var _ in Ticks.Every(Interval, time, stoppingToken))
        {
            var stale = sources.Stale;
            if (!stale.SequenceEqual(_told))
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
}
