using System.CommandLine;
using System.Text;
using System.Text.Json;
using PushNet.Web.Commands.Feed;

namespace PushNet.Tests.EndToEnd;

public class NatsTests
{
    [FactWithFile(NatsServer.Program)]
    public async Task What_the_feed_command_publishes_reaches_the_clients_with_the_time_at_which_it_was_stored()
    {
        await using var nats = await NatsServer.StartAsync();
        await using var server = await PushServer.StartAsync(nats.Feed);
        using var client = await server.JoinAsync("odds");
        using var folder = new TempFolder();
        await File.WriteAllLinesAsync(folder.File("match.ndjson"), [Lines.Game("g1"), .. Lines.MovingPrices("g1", 1500)]);
        var begin = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await new RootCommand { FeedCommand.Create() }.Parse(["feed", folder.File("match.ndjson"), "--nats", nats.Url])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error });

        Assert.Equal((0, "1501 lines: stored in stream OBSERVATIONS", ""), (code, output.ToString().Trim(), error.ToString()));
        Assert.InRange((await client.ReceiveUntilAsync("new_game")).GetProperty("ts").GetInt64(), begin,
            TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await UntilAppliedAre(server, 1501);
        await nats.UntilNothingIsLeftAsync();
        await Eventually.True(async () => (await FeedOf(server)).GetProperty("lag").GetInt64() == 0);
        Assert.Equal("running", (await FeedOf(server)).GetProperty("state").GetString());
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_poison_message_is_counted_parked_with_its_reason_and_never_comes_again()
    {
        await using var nats = await NatsServer.StartAsync();
        await nats.PublishAsync("nonsense", Lines.Game("g1"), Lines.Price("unknown", 110), new string('x', 200_000), "");
        await using var server = await PushServer.StartAsync(nats.Feed);

        await Eventually.True(async () => (await FeedOf(server)).GetProperty("rejected").GetInt32() == 4);
        await nats.UntilNothingIsLeftAsync();

        var rejected = await nats.JetStream.GetStreamAsync(nats.Settings.RejectedStream);
        Assert.Equal(4, rejected.Info.State.Messages);
        var parked = await rejected.GetAsync(new() { Seq = 1 });
        Assert.Equal("nonsense", Encoding.UTF8.GetString(parked.Message.Data.Span));
        var headers = Encoding.UTF8.GetString(Convert.FromBase64String(parked.Message.Hdrs!));
        Assert.Contains("PushNet-Error: not valid JSON", headers);
        Assert.Contains("PushNet-Stream-Sequence: 1\r", headers);
        Assert.Equal(1, (await FeedOf(server)).GetProperty("applied").GetInt32());
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_broker_that_is_killed_and_started_again_costs_no_observation()
    {
        await using var nats = await NatsServer.StartAsync();
        await using var server = await PushServer.StartAsync(nats.Feed);
        await nats.PublishAsync(Games(0, 300));

        await nats.KillAsync();
        await Eventually.True(async () => (await FeedOf(server)).GetProperty("state").GetString() == "failing");
        Assert.Equal("degraded", (await server.GetJsonAsync("/health")).GetProperty("status").GetString());
        await nats.StartAgainAsync();
        await nats.PublishAsync(Games(300, 300));

        await Eventually.True(async () => (await server.GetJsonAsync("/health")).GetProperty("games").GetInt32() == 600);
        await nats.UntilNothingIsLeftAsync();
        Assert.Equal("running", (await FeedOf(server)).GetProperty("state").GetString());
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_server_that_is_killed_takes_up_what_it_had_not_acknowledged()
    {
        await using var nats = await NatsServer.StartAsync();
        (string, string)[] settings =
        [
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            .. nats.Feed.Select(setting => ($"PushNet__{setting.Name.Replace(":", "__", StringComparison.Ordinal)}", setting.Value)),
        ];
        int published;
        using (var first = ServerProcess.Start([], settings))
        {
            await first.ListeningAsync();
            using var enough = new CancellationTokenSource();
            var publishing = PublishUntil(enough.Token);
            await Eventually.True(async () => (await nats.ConsumerAsync())?.AckFloor.ConsumerSeq >= 50);
            await first.SignalAsync("KILL");
            await first.ExitAsync();
            await enough.CancelAsync();
            published = await publishing;
        }

        await nats.PublishAsync(Games(published, 100));
        published += 100;
        var consumer = (await nats.ConsumerAsync())!;
        var acknowledged = (int)consumer.Delivered.ConsumerSeq - consumer.NumAckPending;
        using var second = ServerProcess.Start([], settings);
        using var again = new HttpClient { BaseAddress = await second.ListeningAsync() };

        await nats.UntilNothingIsLeftAsync();
        Assert.InRange(GamesOf(await again.GetStringAsync("/health")), published - acknowledged, published);

        async Task<int> PublishUntil(CancellationToken enough)
        {
            var count = 0;
            for (; !enough.IsCancellationRequested; count++)
            {
                await nats.PublishAsync(Lines.Game($"g{count}"));
            }

            return count;
        }
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_message_that_is_delivered_again_takes_no_goal_back_though_the_next_had_the_same_time()
    {
        await using var nats = await NatsServer.StartAsync();
        using var folder = new TempFolder();
        await nats.PublishAsync([.. new[] { 0, 1 }.Select(home => $"{Lines.Game("g1", home: home)[..^1]},\"ts\":1700000000000}}")]);
        await using (var first = await PushServer.StartAsync([.. nats.Feed, ("Data:Directory", folder.Name)]))
        {
            await UntilAppliedAre(first, 2);
            await nats.UntilNothingIsLeftAsync();
        }

        // Another consumer is sent the whole stream, as is one whose acknowledgements were lost.
        await using var second = await PushServer.StartAsync(
            [.. nats.Feed, ("Data:Directory", folder.Name), ("Feed:Consumer", "another")]);

        await Eventually.True(async () => (await FeedOf(second)).GetProperty("unchanged").GetInt32() == 1);
        Assert.Equal(1, (await FeedOf(second)).GetProperty("stale").GetInt32());
        Assert.Contains("\"score_home\":1,", await second.Http.GetStringAsync("/v1/games/g1/scores"));
    }

    private static Task UntilAppliedAre(PushServer server, int expected) =>
        Eventually.True(async () => (await FeedOf(server)).GetProperty("applied").GetInt32() == expected);

    /// <summary>What the server says about its feed.</summary>
    internal static async Task<JsonElement> FeedOf(PushServer server) =>
        (await server.GetJsonAsync("/health")).GetProperty("feed").GetProperty("nats");

    private static IEnumerable<string> Games(int from, int count) => Enumerable.Range(from, count).Select(i => Lines.Game($"g{i}"));

    private static int GamesOf(string health) => JsonDocument.Parse(health).RootElement.GetProperty("games").GetInt32();
}
