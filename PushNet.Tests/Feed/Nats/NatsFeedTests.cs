using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.Feed.Nats;
using PushNet.Actors.State;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Feed.Nats;

public class NatsFeedTests
{
    [FactWithFile(NatsServer.Program)]
    public async Task The_broker_waits_for_a_group_whose_commit_is_late_and_sends_one_again_that_was_given_up()
    {
        await using var nats = await NatsServer.StartAsync();
        await nats.PublishAsync(Lines.Game("g1"));
        await using var replies = await nats.JetStream.Connection.SubscribeCoreAsync<string>(
            $"$JS.ACK.{nats.Settings.Stream}.{nats.Settings.Consumer}.>");
        await nats.JetStream.Connection.PingAsync();
        var time = new FakeTimeProvider();
        await using var feed = new NatsFeed(nats.Settings, new SourceHealth("nats", "nats", TimeSpan.Zero, time), time);
        await using (var reading = feed.ReadAsync(CancellationToken.None).GetAsyncEnumerator())
        {
            Assert.True(await reading.MoveNextAsync());
            Assert.Equal((1L, true), (reading.Current.Single().Number, reading.Current.Single().StoredAt > 0));

            // The broker is asked to wait, again and again, for as long as there is no receipt.
            for (var asked = 0; asked < 3; asked++)
            {
                var reply = replies.Msgs.ReadAsync().AsTask();
                await Eventually.True(() =>
                {
                    time.Advance(nats.Settings.AckWait / 2);
                    return Task.FromResult(reply.IsCompleted);
                });
                Assert.Equal("+WPI", (await reply).Data);
            }
        }

        await using var again = feed.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await again.MoveNextAsync().AsTask().WaitAsync(PushServer.Patience));
        Assert.Single(again.Current);
        await feed.AcknowledgeAsync(new LinesReceipt(1, default, []));
        await Eventually.True(
            async () => (await nats.JetStream.GetConsumerAsync(nats.Settings.Stream, nats.Settings.Consumer)).Info.NumAckPending == 0);
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_stream_that_is_deleted_ends_the_reading_with_an_error()
    {
        await using var nats = await NatsServer.StartAsync();
        await nats.PublishAsync(Lines.Game("g1"));
        await using var feed = new NatsFeed(
            nats.Settings, new SourceHealth("nats", "nats", TimeSpan.Zero, TimeProvider.System), TimeProvider.System);
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
        await using var feed = new NatsFeed(
            settings, new SourceHealth("nats", "nats", TimeSpan.Zero, TimeProvider.System), TimeProvider.System);

        var fault = await Record.ExceptionAsync(async () => await feed.ReadAsync(CancellationToken.None).ToListAsync());

        Assert.NotNull(fault);
        Assert.DoesNotContain("s3cr3t", fault.ToString());
    }
}
