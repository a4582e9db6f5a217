using PushNet.Actors.Feed.Health;
using PushNet.Actors.Feed.Nats;
using PushNet.Actors.Games;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Feed.Nats;

public class NatsFeedTests
{
    [FactWithFile(NatsServer.Program)]
    public async Task A_group_whose_commit_is_late_is_not_sent_again_and_one_that_was_given_up_is()
    {
        await using var nats = await NatsServer.StartAsync();
        await nats.PublishAsync(Lines.Game("g1"));
        var health = new SourceHealth("nats", "nats", TimeSpan.Zero, TimeProvider.System);
        await using var feed = new NatsFeed(nats.Settings, health, TimeProvider.System);
        await using (var reading = feed.ReadAsync(CancellationToken.None).GetAsyncEnumerator())
        {
            Assert.True(await reading.MoveNextAsync());
            Assert.Equal((1L, true), (reading.Current.Single().Number, reading.Current.Single().StoredAt > 0));

            // Three times the broker's patience.
            using var late = new PeriodicTimer(3 * nats.Settings.AckWait);
            await late.WaitForNextTickAsync();
            var info = (await nats.JetStream.GetConsumerAsync(nats.Settings.Stream, nats.Settings.Consumer)).Info;
            Assert.Equal((1, 0), (info.NumAckPending, info.NumRedelivered));
        }

        await using var again = feed.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await again.MoveNextAsync().AsTask().WaitAsync(PushServer.Patience));
        Assert.Single(again.Current);
        await feed.AcknowledgeAsync(new GroupReceipt(1, default, []));
        await Eventually.True(async () => (await nats.JetStream.GetConsumerAsync(nats.Settings.Stream, nats.Settings.Consumer)).Info.NumAckPending == 0);
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_stream_that_is_deleted_ends_the_reading_with_an_error()
    {
        await using var nats = await NatsServer.StartAsync();
        await nats.PublishAsync(Lines.Game("g1"));
        await using var feed = new NatsFeed(nats.Settings, new SourceHealth("nats", "nats", TimeSpan.Zero, TimeProvider.System), TimeProvider.System);
        await using var reading = feed.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync());

        await nats.JetStream.DeleteStreamAsync(nats.Settings.Stream);

        var fault = await Record.ExceptionAsync(() => reading.MoveNextAsync().AsTask().WaitAsync(PushServer.Patience));
        Assert.True(fault is not (null or TimeoutException or OperationCanceledException), $"{fault}");
    }

    [Fact]
    public async Task A_broker_that_is_away_is_told_without_the_password_of_its_address()
    {
        var settings = new NatsSettings
        {
            Url = "nats://scout:s3cr3t@127.0.0.1:1",
            Stream = "S",
            Subject = "s",
            Consumer = "c",
            AckWait = TimeSpan.FromSeconds(1),
        };
        await using var feed = new NatsFeed(settings, new SourceHealth("nats", "nats", TimeSpan.Zero, TimeProvider.System), TimeProvider.System);

        var fault = await Record.ExceptionAsync(async () => await feed.ReadAsync(CancellationToken.None).ToListAsync());

        Assert.NotNull(fault);
        Assert.DoesNotContain("s3cr3t", fault.ToString());
    }
}
