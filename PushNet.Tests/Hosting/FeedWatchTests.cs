using Akka.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Channels;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.Subscribers;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Hosting;

namespace PushNet.Tests.Hosting;

public sealed class FeedWatchTests : ActorTest
{
    [Fact]
    public async Task A_feed_that_falls_silent_is_told_and_a_stop_that_ends_it_is_not()
    {
        var (sources, publisher) = (new SourceRegistry(Time), CreateTestProbe());
        var feed = sources.Of("nats", "nats", TimeSpan.FromSeconds(10));
        var registry = ActorRegistry.For(Sys);
        registry.Register<LivePublisher>(publisher);
        registry.Register<OddsPublisher>(CreateTestProbe());
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        using var watch = new FeedWatch(
            sources, new RequiredActor<LivePublisher>(registry), new RequiredActor<OddsPublisher>(registry), Time, lifetime);
        await watch.StartAsync(CancellationToken.None);
        await Eventually.True(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(publisher.HasMessages);
        });
        Assert.True((await publisher.ExpectMsgAsync<FeedNotice>()).IsAny);

        lifetime.StopApplication();
        feed.Ended();
        Time.Advance(TimeSpan.FromSeconds(1));
        await watch.ExecuteTask!.WaitAsync(PushServer.Patience);

        Assert.False(publisher.HasMessages);
    }
}
