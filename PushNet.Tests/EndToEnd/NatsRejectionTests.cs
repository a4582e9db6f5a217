using System.Text.Json;
using NATS.Client.JetStream.Models;

namespace PushNet.Tests.EndToEnd;

/// <summary>Messages that can't be taken: those that are wrong, those that come too early, and those that no stream keeps.</summary>
public class NatsRejectionTests
{
    [FactWithFile(NatsServer.Program)]
    public async Task A_full_stream_of_rejected_messages_costs_the_bad_ones_and_delays_no_good_one()
    {
        await using var nats = await NatsServer.StartAsync();
        var full = new StreamConfig(nats.Settings.RejectedStream, [nats.Settings.RejectedSubject])
        {
            MaxMsgs = 1,
            Discard = StreamConfigDiscard.New,
        };
        await nats.JetStream.CreateStreamAsync(full);
        await using var server = await PushServer.StartAsync(nats.Feed);
        await nats.PublishAsync("nonsense", "rubbish", "trash", Lines.Game("g1"));

        await nats.UntilNothingIsLeftAsync();
        Assert.Equal((1, 1, 2), CountsOf(await NatsTests.FeedOf(server)));
        Assert.Equal("what nats rejects can't be parked, 2 messages are lost; the log says why", await ProblemOf(server));

        await nats.JetStream.PurgeStreamAsync(nats.Settings.RejectedStream, new StreamPurgeRequest());
        await nats.PublishAsync("garbage");

        await nats.UntilNothingIsLeftAsync();
        Assert.Equal((1, 2, 2), CountsOf(await NatsTests.FeedOf(server)));
        Assert.Null(await ProblemOf(server));
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_stream_of_somebody_else_that_takes_the_subject_costs_the_bad_messages_until_it_goes()
    {
        await using var nats = await NatsServer.StartAsync();
        await nats.JetStream.CreateStreamAsync(new StreamConfig("AUDIT", ["rejected.>"]));
        await using var server = await PushServer.StartAsync(nats.Feed);
        await nats.PublishAsync("nonsense", Lines.Game("g1"));

        await nats.UntilNothingIsLeftAsync();
        Assert.Equal((1, null, 1), CountsOf(await NatsTests.FeedOf(server)));
        Assert.Equal(0, (await nats.JetStream.GetStreamAsync("AUDIT")).Info.State.Messages);
        Assert.Contains("can't be parked", await ProblemOf(server));

        await nats.JetStream.DeleteStreamAsync("AUDIT");
        await nats.PublishAsync("rubbish");

        await nats.UntilNothingIsLeftAsync();
        Assert.Equal((1, 1, 1), CountsOf(await NatsTests.FeedOf(server)));
    }

    // This happens to a server that was killed between parking a message and telling the broker.
    [FactWithFile(NatsServer.Program)]
    public async Task What_is_parked_already_counts_as_parked()
    {
        await using var nats = await NatsServer.StartAsync();
        await nats.JetStream.CreateStreamAsync(new StreamConfig(nats.Settings.RejectedStream, [nats.Settings.RejectedSubject]));
        await nats.JetStream.PublishAsync(nats.Settings.RejectedSubject, "nonsense", opts: new() { MsgId = "OBSERVATIONS-1" });
        await using var server = await PushServer.StartAsync(nats.Feed);
        await nats.PublishAsync("nonsense", Lines.Game("g1"));

        await nats.UntilNothingIsLeftAsync();
        Assert.Equal((1, 1, null), CountsOf(await NatsTests.FeedOf(server)));
        Assert.Null(await ProblemOf(server));
        Assert.Equal(1, (await nats.JetStream.GetStreamAsync(nats.Settings.RejectedStream)).Info.State.Messages);
    }

    [FactWithFile(NatsServer.Program)]
    public async Task What_is_rejected_goes_to_the_subject_of_the_settings()
    {
        await using var nats = await NatsServer.StartAsync();
        await nats.JetStream.CreateStreamAsync(new StreamConfig("AUDIT", ["rejected.>"]));
        await using var server = await PushServer.StartAsync([.. nats.Feed, ("Feed:RejectedSubject", "dead.observations")]);
        await nats.PublishAsync("nonsense");

        await nats.UntilNothingIsLeftAsync();
        Assert.Equal((0, 1, null), CountsOf(await NatsTests.FeedOf(server)));
        Assert.Equal(["dead.observations"], (await nats.JetStream.GetStreamAsync(nats.Settings.RejectedStream)).Info.Config.Subjects!);
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_server_whose_clock_is_late_takes_what_has_no_time_waits_for_what_has_one_and_parks_what_is_a_day_ahead()
    {
        await using var nats = await NatsServer.StartAsync();
        using var clock = await ShiftedClock.CompileAsync();
        clock.Shift(TimeSpan.FromMinutes(-10));
        using var server = ServerProcess.Start(
            ["--urls", "http://127.0.0.1:0"],
            [.. clock.Settings,
                .. nats.Feed.Select(setting => ($"PushNet__{setting.Name.Replace(":", "__", StringComparison.Ordinal)}", setting.Value))]);
        using var http = new HttpClient { BaseAddress = await server.ListeningAsync() };
        var now = TimeProvider.System.GetUtcNow();
        await nats.PublishAsync(Lines.Game("g1"), Timed(Lines.Game("g2"), now), Timed(Lines.Game("g3"), now.AddDays(1)));

        // It was sent again, so it was neither taken nor parked before.
        await Eventually.True(
            async () => await nats.ConsumerAsync() is { NumAckPending: 1, NumRedelivered: 1, Delivered.ConsumerSeq: > 4 });
        Assert.Equal((1, 1, null), CountsOf(await Feed()));
        Assert.Contains("is more than 5 minutes ahead of the server's clock. Is a clock wrong?", server.Output);

        clock.Shift(TimeSpan.Zero);

        await nats.UntilNothingIsLeftAsync();
        Assert.Equal((2, 1, null), CountsOf(await Feed()));

        async Task<JsonElement> Feed() =>
            JsonDocument.Parse(await http.GetStringAsync("/health")).RootElement.GetProperty("feed").GetProperty("nats");
    }

    private static string Timed(string line, DateTimeOffset ts) => $"{line.TrimEnd()[..^1]},\"ts\":{ts.ToUnixTimeMilliseconds()}}}";

    private static (int Applied, int? Parked, int? Lost) CountsOf(JsonElement feed) =>
        (feed.GetProperty("applied").GetInt32(), Optional(feed, "parked"), Optional(feed, "lost"));

    private static int? Optional(JsonElement feed, string field) => feed.TryGetProperty(field, out var value) ? value.GetInt32() : null;

    private static async Task<string?> ProblemOf(PushServer server) =>
        (await server.GetJsonAsync("/health")).GetProperty("degraded").EnumerateArray()
            .SingleOrDefault() is { ValueKind: JsonValueKind.String } problem ? problem.GetString() : null;
}
