using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using PushNet.Actors.Channels;

namespace PushNet.Tests.EndToEnd;

public class SlowConsumerTests
{
    [Theory]
    [InlineData("gate")]
    [InlineData("web-socket")]
    public async Task A_stalled_client_is_told_and_healed_while_the_healthy_miss_nothing(string writer)
    {
        await using var server = await PushServer.StartAsync(("Sockets:Writer", writer));
        await server.IngestAsync(Lines.Game("g1"));
        var healthy = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => server.JoinAsync("odds")));
        using var stalled = await (await server.ConnectAsync(receiveBuffer: 4096)).JoinAsync("odds");

        // Over 4 MB for one socket, with a goal every 4,000 prices, as fast as the healthy clients can read.
        var end = healthy[0].SnapshotSeq;
        for (var part = 0; part < 120; part++)
        {
            string[] goal = part % 40 == 0 ? [Lines.Game("g1", home: 1 + (part / 40))] : [];
            await server.IngestAsync([.. goal, .. Lines.MovingPrices("g1", 100, from: part * 100)]);
            var begin = end;
            end += 100 + goal.Length;
            await Task.WhenAll(healthy.Select(client => FollowAsync(client, begin, end)));
        }

        var view = await ReadOnAsync(stalled, end);

        Assert.True(view.Lagged > 0);
        Assert.Equal(end - 1, view.Delivered + view.Lagged);
        Assert.Equal(3, view.HomeScore);
        Array.ForEach(healthy, client => client.Dispose());
    }

    [Fact]
    public async Task A_goal_that_was_dropped_comes_back_as_a_snapshot()
    {
        await using var server = await PushServer.StartAsync(("Limits:QueueCapacity", "16"));
        await server.IngestAsync(Lines.Game("g1"));
        using var stalled = await (await server.ConnectAsync(receiveBuffer: 4096)).JoinAsync("live");

        // State events only, so that they must be dropped.
        const int goals = 20_000;
        foreach (var group in Enumerable.Range(1, goals).Chunk(1000))
        {
            await server.IngestAsync(group.Select(goal => Lines.Game("g1", home: goal)));
        }

        var publisher = server.Services.GetRequiredService<IRequiredActor<LivePublisher>>().ActorRef;
        await Eventually.True(async () => (await publisher.Ask<ChannelUsage>(new GetChannelUsage())).Pending == 0);
        var view = await ReadOnAsync(stalled, 1 + goals);
        Assert.True(view.LostState > 0);
        Assert.Equal(goals, view.Delivered + view.Lagged);

        while (view.SnapshotSeq < 1 + goals)
        {
            var frame = await stalled.ReadUntilAsync(RawFrame.Text);
            view.Take(frame!.Json);
        }

        Assert.Equal(goals, view.HomeScore);
    }

    [Fact]
    public async Task Both_channels_account_for_every_event_of_five_seconds_at_500_a_second()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1"));
        using var live = await server.JoinAsync("live");
        using var odds = await server.JoinAsync("odds");
        const int ticks = 50;
        const int eventsPerTick = 50;
        const long end = 1 + (ticks * eventsPerTick);
        var following = FollowAsync(odds, odds.SnapshotSeq, end);

        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tick = 0; tick < ticks && await clock.WaitForNextTickAsync(); tick++)
        {
            await server.IngestAsync(
                [Lines.Game("g1", home: tick + 1), .. Lines.MovingPrices("g1", eventsPerTick - 1, from: tick * eventsPerTick)]);
        }

        Assert.Equal(end, await following);
        for (var tick = 0; tick < ticks; tick++)
        {
            var frame = await live.ReceiveAsync();
            Assert.Equal(2 + (tick * eventsPerTick), frame.GetProperty("seq").GetInt64());
            Assert.Equal(tick + 1, frame.GetProperty("score_home").GetInt32());
        }
    }

    private static async Task<long> FollowAsync(PushClient client, long seq, long end)
    {
        while (seq < end)
        {
            // Done without a parser, because there are hundreds of thousands of these.
            Assert.EndsWith($"\"seq\":{++seq}}}", await client.ReceiveTextAsync());
        }

        return seq;
    }

    /// <summary>Reads on until every event up to the end was delivered or told of.</summary>
    private static async Task<View> ReadOnAsync(RawClient client, long end)
    {
        var view = new View();
        while (view.NewestSeq < end)
        {
            view.Take((await client.ReadUntilAsync(RawFrame.Text))!.Json);
        }

        return view;
    }

    private sealed class View
    {
        public long Delivered { get; private set; }

        public long Lagged { get; private set; }

        public long LostState { get; private set; }

        public long NewestSeq { get; private set; }

        public long SnapshotSeq { get; private set; }

        public int HomeScore { get; private set; }

        public void Take(JsonElement frame)
        {
            var seq = frame.GetProperty("seq").GetInt64();
            switch (frame.GetProperty("type").GetString())
            {
                case "lagged":
                    Lagged += frame.GetProperty("dropped").GetInt64();
                    var byType = frame.GetProperty("dropped_by_type");
                    Assert.Equal(frame.GetProperty("dropped").GetInt64(), byType.EnumerateObject().Sum(type => type.Value.GetInt64()));
                    LostState += byType.EnumerateObject().Where(type => type.Name != "price_change").Sum(type => type.Value.GetInt64());
                    break;
                case "snapshot":
                    SnapshotSeq = seq;
                    HomeScore = frame.GetProperty("games")[0].GetProperty("scores").GetProperty("score_home").GetInt32();
                    break;
                default:
                    Assert.True(seq > NewestSeq);
                    (NewestSeq, Delivered) = (seq, Delivered + 1);
                    HomeScore = frame.TryGetProperty("score_home", out var score) ? score.GetInt32() : HomeScore;
                    break;
            }
        }
    }
}
