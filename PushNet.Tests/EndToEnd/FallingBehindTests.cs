using System.Text;

namespace PushNet.Tests.EndToEnd;

/// <summary>Clients that read 20 KB/s of a stream eight times as fast, with the client code of the docs, beside healthy ones.</summary>
[Collection(Alone.Name)]
public class FallingBehindTests
{
    private const int Healthy = 200;
    private const int Ticks = 50;
    private const int EventsPerTick = 50;
    private const int BytesPerSecond = 20_000;
    private const int CatchingUpBytesPerSecond = 200_000;

    [Fact]
    public async Task Slow_clients_of_every_mode_are_right_again_while_the_healthy_notice_nothing()
    {
        await using var server = await PushServer.StartAsync(("Limits:SocketSendBuffer", "8192"));
        await server.IngestAsync(Lines.Game("g1"), Lines.Game("g2"));
        var healthy = await Task.WhenAll(Enumerable.Range(0, Healthy).Select(_ => server.JoinAsync("odds")));
        SlowClient[] slow =
        [
            await SlowClient.JoinAsync(server, "prices=snapshot"),
            await SlowClient.JoinAsync(server, "prices=snapshot&game=g1&book=b0"),
            await SlowClient.JoinAsync(server, "prices=snapshot&conflate=50"),
        ];
        var end = healthy[0].SnapshotSeq + (Ticks * EventsPerTick);

        var following = healthy.Select(client => FollowAsync(client, end)).ToList();
        using var feedIsOver = new CancellationTokenSource();
        var reading = slow.Select(client => client.ReadAsync(until: () => feedIsOver.IsCancellationRequested)).ToList();
        await FeedAsync(server);
        await feedIsOver.CancelAsync();
        await Task.WhenAll(following);
        await Task.WhenAll(reading);

        foreach (var client in slow)
        {
            var board = new DocsClient();
            using var now = await server.JoinAsync("odds", client.Query);
            board.Take(now.Snapshot.GetRawText());
            client.BytesPerSecond = CatchingUpBytesPerSecond;
            await client.ReadAsync(
                until: () => !client.Docs.IsStale && client.Docs.Games == board.Games && client.Docs.Prices == board.Prices);
            Assert.Contains($"g1 live {Ticks} 0", client.Docs.Games);
            Assert.NotEmpty(client.Docs.Prices);
            client.Dispose();
        }

        Assert.True(slow[0].Lagged > 0 && slow[0].Snapshots > 1, $"{slow[0].Lagged} dropped, {slow[0].Snapshots} snapshots");
        Array.ForEach(healthy, client => client.Dispose());
    }

    private static async Task FeedAsync(PushServer server)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tick = 0; tick < Ticks && await clock.WaitForNextTickAsync(); tick++)
        {
            var first = tick * EventsPerTick;
            await server.IngestAsync(Enumerable.Range(first, EventsPerTick - 1)
                .Select(i => Lines.Price($"g{1 + (i % 2)}", 100 + i, outcome: $"o{i % 20}", book: $"b{i % 3}"))
                .Append(Lines.Game("g1", home: tick + 1)));
        }
    }

    private static async Task FollowAsync(PushClient client, long end)
    {
        for (var seq = client.SnapshotSeq; seq < end;)
        {
            var text = (await client.ReceiveTextAsync())!;
            Assert.EndsWith($"\"seq\":{++seq}}}", text);
            Assert.DoesNotContain("\"type\":\"lagged\"", text);
        }
    }

    private sealed class SlowClient(RawClient client, string query) : IDisposable
    {
        private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

        public string Query => query;

        public int BytesPerSecond { get; set; } = FallingBehindTests.BytesPerSecond;

        public DocsClient Docs { get; } = new();

        public long Lagged { get; private set; }

        public int Snapshots { get; private set; }

        public static async Task<SlowClient> JoinAsync(PushServer server, string query)
        {
            var client = await server.ConnectAsync(receiveBuffer: 4096);
            var request = client.Handshake("odds");
            request[0] = $"GET /ws/odds?key={PushServer.Key}&{query} HTTP/1.1";
            Assert.StartsWith("HTTP/1.1 101 ", await client.RequestAsync(request));
            return new SlowClient(client, query);
        }

        /// <summary>Reads its bytes per second until a condition holds after a frame.</summary>
        public async Task ReadAsync(Func<bool> until)
        {
            using var clock = new PeriodicTimer(Tick);
            var allowance = 0.0;
            while (!until())
            {
                while (allowance <= 0 && await clock.WaitForNextTickAsync())
                {
                    allowance += BytesPerSecond * Tick.TotalSeconds;
                }

                var frame = (await client.ReadUntilAsync(RawFrame.Text))!;
                allowance -= frame.Payload.Length;
                Docs.Take(Encoding.UTF8.GetString(frame.Payload));
                Lagged += frame.Type == "lagged" ? frame.Json.GetProperty("dropped").GetInt64() : 0;
                Snapshots += frame.Type == "snapshot" ? 1 : 0;
            }
        }

        public void Dispose() => client.Dispose();
    }
}
