using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Nats;

namespace PushNet.Tests.EndToEnd;

/// <summary>The log in a real JetStream.</summary>
public sealed class NatsLogTests
{
    private const ulong Session = 7;

    [FactWithFile(NatsServer.Program)]
    public async Task Entries_come_to_all_readers_once_and_in_order_though_NATS_is_killed_and_the_consumer_taken_away()
    {
        await using var nats = await NatsServer.StartAsync();
        await using var log = await OpenAsync(nats);
        await using var sender = new LogSender(log, Session);
        await using var reader = await LogReading.StartAsync(log, 0, take: sender.Take);
        sender.Offer(Enumerable.Range(0, 100));
        await sender.UntilFoundAsync(100);

        await nats.KillAsync();
        sender.Offer([100]);
        await nats.StartAgainAsync();
        await sender.UntilFoundAsync(101);

        // The reader may not have made one since the restart.
        var consumers = new List<string>();
        await Eventually.True(async () => (consumers = await ConsumersAsync(nats)).Count > 0);
        foreach (var consumer in consumers)
        {
            await nats.JetStream.DeleteConsumerAsync("PUSHNET", consumer);
        }

        sender.Offer([101]);
        await sender.UntilFoundAsync(102);

        // Whoever begins later reads the same.
        var read = reader.Messages.ToList();
        await using var other = await LogReading.StartAsync(log, 0);
        await other.UntilAsync(read.Count);
        Assert.Equal(read.Select(Text), other.Messages.Take(read.Count).Select(Text));
        Assert.Contains(other.Messages, message => message.Left > 50);
        Assert.Equal(read.Select((_, i) => i + 1L), read.Select(message => message.Sequence));
        Assert.Equal(Enumerable.Range(0, 102), sender.Found);
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_purge_overtakes_whoever_is_behind_and_a_log_that_is_deleted_or_made_again_is_lost()
    {
        await using var nats = await NatsServer.StartAsync();
        await using var log = await OpenAsync(nats);
        for (var i = 0; i < 5; i++)
        {
            await log.SendAsync(Entry($"{i}"), CancellationToken.None);
        }

        await using var level = await LogReading.StartAsync(log, 0);
        await level.UntilAsync(5);
        await nats.JetStream.PurgeStreamAsync("PUSHNET", new StreamPurgeRequest());

        await using var behind = await LogReading.StartAsync(log, 3);
        Assert.Equal((false, "the log begins at message 6 now, and this server has read message 3"), await behind.BrokenAsync());

        await log.SendAsync(Entry("5"), CancellationToken.None);
        await level.UntilAsync(6);

        var id = (await log.ExtentAsync(CancellationToken.None))!.Value.Log;
        await nats.JetStream.DeleteStreamAsync("PUSHNET");
        await using var gone = await LogReading.StartAsync(log, 6, id: id);
        Assert.Equal((true, "the log is gone: somebody deleted its stream"), await gone.BrokenAsync());

        await using var again = await OpenAsync(nats);
        await using var another = await LogReading.StartAsync(again, 6, id: id);
        Assert.Equal((true, "the log is another one: somebody deleted its stream and made it again"), await another.BrokenAsync());
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_message_that_is_deleted_is_told_by_the_reader_and_a_log_that_is_made_here_lets_nobody_delete_one()
    {
        await using var nats = await NatsServer.StartAsync();
        var stream = new StreamConfig("PUSHNET", ["pushnet.>"]) { AllowDirect = true };
        await nats.JetStream.CreateStreamAsync(stream);
        await using var log = await OpenAsync(nats);
        for (var i = 0; i < 3; i++)
        {
            await nats.JetStream.PublishAsync("pushnet.log", Entry($"{i}"));
        }

        var second = new StreamMsgDeleteRequest { Seq = 2 };
        await nats.JetStream.DeleteMessageAsync("PUSHNET", second);
        var time = new FakeTimeProvider();
        await using var reading = await LogReading.StartAsync(log, 0, time: time);

        // The third consumer is made after two checks, and no time has passed.
        await Eventually.True(async () => (await ConsumersAsync(nats)).Contains("pn-9-2"));
        Assert.False(reading.IsOver);
        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(reading.IsOver);
        });
        Assert.Equal(
            (false, "message 2 of the log is gone, and the log goes on with message 3: somebody deleted it"), await reading.BrokenAsync());
        Assert.Equal([1L], reading.Messages.Select(message => message.Sequence));

        await nats.JetStream.DeleteStreamAsync("PUSHNET");
        await nats.JetStream.CreateStreamAsync(stream with { AllowDirect = false });
        Assert.Contains("direct gets", (await Assert.ThrowsAsync<LogUnfitException>(() => OpenAsync(nats))).Message,
            StringComparison.Ordinal);

        await nats.JetStream.DeleteStreamAsync("PUSHNET");
        await using var made = await OpenAsync(nats);
        await nats.JetStream.PublishAsync("pushnet.log", Entry("0"));
        await Assert.ThrowsAsync<NatsJSApiException>(async () =>
            await nats.JetStream.DeleteMessageAsync("PUSHNET", new StreamMsgDeleteRequest { Seq = 1 }));
    }

    [FactWithFile(NatsServer.Program)]
    public async Task A_consumer_tells_why_it_brings_nothing_until_it_brings_something()
    {
        await using var nats = await NatsServer.StartAsync();
        await using var connection = new NatsConnection(NatsOpts.Default with { Url = nats.Url });
        var brought = Channel.CreateUnbounded<LogMessage>();
        using var end = new CancellationTokenSource();
        var consumer = new NatsLogConsumer(connection, "PUSHNET", Session, () => 0, brought.Writer);
        var consuming = consumer.RunAsync(end.Token);
        await Eventually.True(() => Task.FromResult(consumer.Fault?.Contains("stream not found", StringComparison.Ordinal) is true));

        await using var log = await OpenAsync(nats);
        await log.SendAsync(Entry("0"), CancellationToken.None);
        await brought.Reader.ReadAsync().AsTask().WaitAsync(PushServer.Patience);
        await Eventually.True(() => Task.FromResult(consumer.Fault is null));

        await end.CancelAsync();
        await consuming;
    }

    // NATS 2.9 at times forgets to tell that a request is over. With requests of two seconds and no younger ones, this failed in every
    // other run.
    [FactWithFile(NatsServer.Program)]
    public async Task A_calm_log_is_brought_by_the_consumers_that_were_made_first()
    {
        await using var nats = await NatsServer.StartAsync();
        await using var log = await OpenAsync(nats);
        await using var connection = new NatsConnection(NatsOpts.Default with { Url = nats.Url });
        using var end = new CancellationTokenSource();
        var brought = Channel.CreateUnbounded<LogMessage>();
        var sessions = Enumerable.Range(1, 8).ToList();
        var consuming = sessions
            .Select(session => new NatsLogConsumer(connection, "PUSHNET", (ulong)session, () => 0, brought.Writer).RunAsync(end.Token))
            .ToList();
        await Eventually.True(async () => (await ConsumersAsync(nats)).Count == sessions.Count);

        // Consumers are replaced after a second without a word, also when it is this machine that held everything up.
        List<string> before;
        TimeSpan pause;
        do
        {
            before = await ConsumersAsync(nats);
            pause = await CalmAsync(log);
        }
        while (pause >= TimeSpan.FromMilliseconds(500));

        Assert.Empty((await ConsumersAsync(nats)).Except(before));
        await end.CancelAsync();
        await Task.WhenAll(consuming);
    }

    /// <summary>Sends to the log for six seconds and a half.</summary>
    /// <returns>The longest time without a message.</returns>
    private static async Task<TimeSpan> CalmAsync(NatsLog log)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var (longest, last) = (TimeSpan.Zero, TimeProvider.System.GetTimestamp());
        for (var i = 0; i < 650; i++)
        {
            await timer.WaitForNextTickAsync();
            await log.SendAsync(Entry($"{i}"), CancellationToken.None);
            var now = TimeProvider.System.GetTimestamp();
            var pause = TimeProvider.System.GetElapsedTime(last, now);
            (longest, last) = (pause > longest ? pause : longest, now);
        }

        return longest;
    }

    private static Task<NatsLog> OpenAsync(NatsServer nats) =>
        NatsLog.OpenAsync(new NatsLogSettings { Url = nats.Url, MaxBytes = 64 * 1024 * 1024 }, CancellationToken.None);

    private static async Task<List<string>> ConsumersAsync(NatsServer nats)
    {
        var names = new List<string>();
        await foreach (var name in nats.JetStream.ListConsumerNamesAsync("PUSHNET"))
        {
            names.Add(name);
        }

        return names;
    }

    private static byte[] Entry(string game) => LogEntryCodec.Write(new RemoveEntry(Session, 1, game));

    private static string Text(LogMessage message) => $"{message.Sequence} {message.StoredAt} {Convert.ToHexString(message.Payload.Span)}";
}
