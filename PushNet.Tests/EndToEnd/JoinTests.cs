namespace PushNet.Tests.EndToEnd;

public class JoinTests
{
    [Theory]
    [InlineData("live")]
    [InlineData("odds")]
    public async Task A_connection_begins_with_welcome_and_snapshot(string channel)
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1", home: 3), Lines.Game("g2", status: "final"), Lines.Price("g1", 110));

        using var client = await server.JoinAsync(channel);

        Assert.Equal(
            $$"""{"type":"welcome","channel":"{{channel}}","conn_id":1,"message":"connected to pushnet {{channel}} channel"}""",
            client.Welcome.GetRawText());
        Assert.Equal(["type", "channel", "ts", "count", "games", "seq"], client.Snapshot.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, client.Snapshot.GetProperty("count").GetInt32());
        Assert.Equal("g1", client.Snapshot.GetProperty("games")[0].GetProperty("game_id").GetString());
        Assert.Equal(3, client.SnapshotSeq);
    }

    [Fact]
    public async Task Live_gets_state_only_and_odds_gets_everything_in_one_numbering()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1"));
        using var live = await server.JoinAsync("live");
        using var odds = await server.JoinAsync("odds");

        await server.IngestAsync(Lines.Price("g1", 110), Lines.Game("g1", home: 1), Lines.Game("g1", status: "final", home: 1));

        string[] types = ["price_change", "score_change", "status_change", "game_final"];
        foreach (var (type, i) in types.Select((type, i) => (type, i)))
        {
            var frame = await odds.ReceiveAsync();
            Assert.Equal(type, frame.GetProperty("type").GetString());
            Assert.Equal(odds.SnapshotSeq + 1 + i, frame.GetProperty("seq").GetInt64());
        }

        foreach (var (type, i) in types.Select((type, i) => (type, i)).Skip(1))
        {
            var frame = await live.ReceiveAsync();
            Assert.Equal(type, frame.GetProperty("type").GetString());
            Assert.Equal(live.SnapshotSeq + 1 + i, frame.GetProperty("seq").GetInt64());
        }
    }

    [Fact]
    public async Task Whoever_joins_in_a_storm_of_events_misses_none_and_gets_none_twice()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1"));
        const int events = 2000;
        var storm = Task.Run(async () =>
        {
            foreach (var group in Lines.MovingPrices("g1", events).Chunk(20))
            {
                await server.IngestAsync(group);
            }
        });

        var clients = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            var client = await server.JoinAsync("odds");
            return (client, last: await FollowToEnd(client, 1 + events));
        }));

        await storm;
        Assert.All(clients, c => Assert.Equal(1 + events, c.last));
        Array.ForEach(clients, c => c.client.Dispose());
    }

    [Fact]
    public async Task Each_event_is_encoded_once_for_the_subscribers_of_both_channels()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1"));
        var clients = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => server.JoinAsync(i % 2 == 0 ? "live" : "odds")));
        var encoder = (PushNet.Actors.Wire.FrameEncoder)server.Services.GetService(typeof(PushNet.Actors.Wire.FrameEncoder))!;
        var before = encoder.EncodedEvents;

        await server.IngestAsync(Enumerable.Range(1, 100).Select(i => Lines.Game("g1", home: i)));

        foreach (var client in clients)
        {
            Assert.Equal(101, await FollowToEnd(client, 101));
            client.Dispose();
        }

        Assert.Equal(100, encoder.EncodedEvents - before);
    }

    private static async Task<long> FollowToEnd(PushClient client, long end)
    {
        var seq = client.SnapshotSeq;
        while (seq < end)
        {
            var frame = await client.ReceiveAsync();
            Assert.Equal(++seq, frame.GetProperty("seq").GetInt64());
        }

        return seq;
    }
}
