using System.Net;
using NATS.Client.JetStream.Models;
using PushNet.Actors.Log.Entries;
using PushNet.Web.Operators.Commands;

namespace PushNet.Tests.EndToEnd;

/// <summary>Servers that share a board by a log in a real NATS.</summary>
public sealed class SharedLogTests(SharedLogTests.Broker broker) : IClassFixture<SharedLogTests.Broker>
{
    private static int _logs;

    private readonly string _stream = $"LOG{Interlocked.Increment(ref _logs)}";

    private NatsServer Nats => broker.Server!;

    [FactWithFile(NatsServer.Program)]
    public async Task Clients_of_all_servers_get_the_same_bytes_whichever_server_the_lines_came_to()
    {
        await using var a = await StartAsync("a");
        await using var b = await StartAsync("b");
        using var ofA = await a.JoinAsync("odds", "compress=off");
        using var ofB = await b.JoinAsync("odds", "compress=off");

        await a.IngestAsync(Lines.Game("g1"));
        await Task.WhenAll(
            a.IngestAsync(Lines.MovingPrices("g1", 700)), b.IngestAsync(Lines.MovingPrices("g1", 100, from: 1000)));
        await b.IngestAsync(Lines.Game("g1", "final"));

        var frames = await FramesUntilAsync(ofA, "\"status\":\"final\"");
        Assert.Equal(frames, await FramesUntilAsync(ofB, "\"status\":\"final\""));
        Assert.True(frames.Count > 100);
        await Eventually.True(async () => await StateAsync(b) == "ready");
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_server_starts_from_an_image_and_seq_goes_on_when_the_log_before_it_is_gone()
    {
        long seq;
        await using (var first = await StartAsync("a"))
        {
            await first.IngestAsync([Lines.Game("g1"), .. Lines.MovingPrices("g1", 50)]);
            seq = (await SnapshotAsync(first)).SnapshotSeq;
            await first.StopAsync();
        }

        await Nats.JetStream.PurgeStreamAsync(_stream, new StreamPurgeRequest { Seq = await ImageAsync() });
        await using (var second = await StartAsync("b"))
        {
            Assert.Equal(seq, (await SnapshotAsync(second)).SnapshotSeq);
            Assert.Equal(1, (await second.IngestAsync(Lines.Price("g1", 500))).GetProperty("applied").GetInt32());
            Assert.Equal(seq + 1, (await SnapshotAsync(second)).SnapshotSeq);
        }

        await Nats.JetStream.PurgeStreamAsync(_stream, new StreamPurgeRequest());
        await Nats.JetStream.PublishAsync($"{_stream.ToLowerInvariant()}.log", new byte[1]);
        await Nats.JetStream.PurgeStreamAsync(_stream, new StreamPurgeRequest());
        var why = await Assert.ThrowsAsync<IOException>(() => StartAsync("c"));
        Assert.Contains("no image reaches it", why.Message, StringComparison.Ordinal);
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_log_that_is_deleted_is_lost_until_an_operator_puts_back_the_board_of_a_server()
    {
        await using var a = await StartAsync("a");
        await using var b = await StartAsync("b");
        using var operators = new OperatorClient(a);
        using var client = await b.JoinAsync("live");
        await a.IngestAsync(Lines.Game("g1"));
        await client.ReceiveUntilAsync("new_game");
        await Eventually.True(async () => (await operators.GetAsync("/ops/server/list")).GetArrayLength() == 2);
        Assert.Equal(
            (409, "nothing of the log is lost, as far as this server has read it; there is nothing to repair"), await RepairAsync());
        await Nats.JetStream.DeleteStreamAsync(_stream);
        await Eventually.True(async () => await StateAsync(a) == "lost" && await StateAsync(b) == "lost");

        using var refused = await a.Http.PostAsync("/v1/ingest", PushServer.Ndjson([Lines.Game("g2")]));
        using var ready = await a.Http.GetAsync("/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (refused.StatusCode, ready.StatusCode));
        Assert.Contains("somebody deleted its stream", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("somebody deleted its stream", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("ops board-log repair (docs/", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, (await a.GetJsonAsync("/v1/games/live")).GetProperty("count").GetInt32());

        var (status, why) = await RepairAsync();
        Assert.Equal(409, status);
        Assert.StartsWith("server b has no PushNet__Data__Log__Address", why);
        Assert.Equal([new("b", 1)], await OtherBoard.AskAsync([new LogServer("b", "", 1, 1, b.Url.ToString(), 0)]));
        Assert.Equal(1 + 1_000_000, (await operators.PostAsync("/ops/board-log/repair?force=true")).GetProperty("seq").GetInt64());

        Assert.Equal(1 + 1_000_000, (await client.ReceiveUntilAsync("snapshot")).Seq());
        await Eventually.True(async () => await StateAsync(a) == "ready" && await StateAsync(b) == "ready");
        await b.IngestAsync(Lines.Game("g2"));
        Assert.Equal(2 + 1_000_000, (await client.ReceiveUntilAsync("new_game")).Seq());
        var shown = await operators.GetAsync("/ops/board-log/show");
        var maxGames = shown.GetProperty("rules").GetProperty("max_games").GetInt32();
        Assert.Equal((1, 10_000), (shown.GetProperty("repairs").GetInt32(), maxGames));
        await operators.PostAsync("/ops/board-log/rules?max-games=2&retention=2h");
        var rules = await operators.PostAsync("/ops/board-log/rules");
        Assert.Equal((2, 7200), (rules.GetProperty("max_games").GetInt32(), rules.GetProperty("retention_s").GetInt32()));

        Task<(int Status, string? Error)> RepairAsync() => operators.StatusAsync(HttpMethod.Post, "/ops/board-log/repair");
    }

    [FactWithFile(NatsServer.Program)]
    public async Task While_NATS_is_away_lines_are_refused_and_clients_stay_and_nothing_acknowledged_is_lost()
    {
        await using var nats = await NatsServer.StartAsync();
        await using var a = await StartAsync("a", nats, "3s");
        await using var b = await StartAsync("b", nats, "3s");
        using var client = await b.JoinAsync("live");
        await a.IngestAsync(Lines.Game("g1"));

        await nats.KillAsync();
        using var refused = await a.Http.PostAsync("/v1/ingest", PushServer.Ndjson([Lines.Game("g2")]));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (refused.StatusCode, refused.Headers.GetValues("Retry-After").Single()));
        Assert.Contains("the log can't be written: ", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Eventually.True(async () => await StateAsync(b) == "cut_off");
        var why = (await b.GetJsonAsync("/health")).GetProperty("degraded")[0].GetString();
        Assert.Matches("^no word from the log for [0-9]+ s: NATS can't be reached: Connection refused$", why);
        await nats.StartAgainAsync();

        await Eventually.True(async () => await StateAsync(a) == "ready" && await StateAsync(b) == "ready");
        await a.IngestAsync(Lines.Game("g1", home: 3));
        Assert.Equal("new_game", (await client.ReceiveAsync()).GetProperty("type").GetString());
        await client.ReceiveUntilAsync("score_change");
    }

    private Task<PushServer> StartAsync(string name, NatsServer? nats = null, string patience = "50s") => PushServer.StartAsync(
        PushServer.WithOperatorPort,
        ("Data:Nats", (nats ?? Nats).Url),
        ("Data:Log:Stream", _stream),
        ("Data:Log:Name", name),
        ("Data:Log:MaxBytes", "67108864"),
        ("Data:Log:IngestPatience", patience));

    private static async Task<PushClient> SnapshotAsync(PushServer server)
    {
        var client = await server.JoinAsync("live");
        client.Dispose();
        return client;
    }

    private static async Task<string?> StateAsync(PushServer server) =>
        (await server.GetJsonAsync("/health")).GetProperty("log").GetProperty("state").GetString();

    private static async Task<List<string>> FramesUntilAsync(PushClient client, string text)
    {
        var frames = new List<string>();
        do
        {
            frames.Add((await client.ReceiveTextAsync())!);
        }
        while (!frames[^1].Contains(text, StringComparison.Ordinal));

        return frames;
    }

    /// <summary>The last message that the newest image holds.</summary>
    private async Task<ulong> ImageAsync()
    {
        var images = await Nats.JetStream.GetStreamAsync($"{_stream}_IMAGES", new StreamInfoRequest { SubjectsFilter = ">" });
        return images.Info.State.Subjects!.Keys.Select(subject => ulong.Parse(subject.Split('.')[1]["board-".Length..])).Max();
    }

    /// <summary>One NATS for all tests; each has a log of its own.</summary>
    public sealed class Broker : IAsyncLifetime
    {
        internal NatsServer? Server { get; private set; }

        public async Task InitializeAsync() => Server = File.Exists(NatsServer.Program) ? await NatsServer.StartAsync() : null;

        public async Task DisposeAsync()
        {
            if (Server is not null)
            {
                await Server.DisposeAsync();
            }
        }
    }
}
