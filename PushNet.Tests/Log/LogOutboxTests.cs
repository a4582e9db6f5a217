using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Sending;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Log;

public sealed class LogOutboxTests
{
    [Fact]
    public async Task What_was_sent_before_the_way_to_the_log_was_opened_again_is_sent_again_at_once()
    {
        var (log, time) = (new MemoryLog(), new FakeTimeProvider());
        var way = new CuttableLog(log);
        using var end = new CancellationTokenSource();
        var outbox = new LogOutbox(new LogSending(way, end.Token), TimeSpan.FromMinutes(1), time);
        outbox.Offer(new NoTicket(), new RemoveEntry(0, 0, "g"));
        time.Advance(SenderWindow<LogTicket>.ResendAfter);
        outbox.Send();
        await SentAsync(2);

        way.Openings++;
        outbox.Send();
        await SentAsync(3);
        await end.CancelAsync();

        Task SentAsync(int times) => Eventually.True(() => Task.FromResult(log.Entries.Count == times));
    }
}
