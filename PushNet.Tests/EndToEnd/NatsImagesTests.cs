using PushNet.Actors.Games;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Nats;
using PushNet.Actors.Log.Replica;
using PushNet.Tests.Log;

namespace PushNet.Tests.EndToEnd;

/// <summary>Images of a log in a real JetStream.</summary>
public sealed class NatsImagesTests
{
    [FactWithFile(NatsServer.Program)]
    public async Task The_newest_image_that_is_whole_and_of_the_log_is_found_three_are_kept_and_without_its_log_none_is_a_start()
    {
        using var end = new CancellationTokenSource(PushServer.Patience);
        await using var nats = await NatsServer.StartAsync();
        var settings = new NatsLogSettings { Url = nats.Url, MaxBytes = 64 * 1024 * 1024 };
        await using var log = await NatsLog.OpenAsync(settings, end.Token);
        Assert.Null(await log.NewestImageAsync("log", end.Token));

        for (var sequence = 1; sequence <= 4; sequence++)
        {
            await log.PutImageAsync(sequence, Image(sequence, sequence == 4 ? "other" : "log"), end.Token);
        }

        // Larger than a message of NATS may be, and damaged.
        await log.PutImageAsync(5, new byte[2_000_000], end.Token);

        Assert.Equal(3, (await log.NewestImageAsync("log", end.Token))!.State.Sequence);
        Assert.Equal(4, (await log.NewestImageAsync("other", end.Token))!.State.Sequence);
        await log.PutImageAsync(6, Image(6, "other"), end.Token);
        Assert.Null(await log.NewestImageAsync("log", end.Token));

        await nats.JetStream.DeleteStreamAsync(settings.Stream, end.Token);
        var unfit = await Assert.ThrowsAsync<LogUnfitException>(() => NatsLog.OpenAsync(settings, end.Token));
        Assert.Contains("somebody deleted the log", unfit.Message, StringComparison.Ordinal);
    }

    private static byte[] Image(int sequence, string log)
    {
        var state = new LogState();
        for (var i = 1; i <= sequence; i++)
        {
            state.Take(new LogMessage(i, LogGiven.Time, LogEntryCodec.Write(new TickEntry(1))));
        }

        return new LogImage(log, state, BoardImage.Empty).ToBytes();
    }
}
