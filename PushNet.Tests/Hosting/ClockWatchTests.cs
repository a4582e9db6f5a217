using Microsoft.Extensions.Logging.Testing;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Hosting;

namespace PushNet.Tests.Hosting;

public sealed class ClockWatchTests
{
    [Fact]
    public async Task A_wall_clock_that_is_set_is_told_once_and_one_that_is_corrected_by_and_by_is_not()
    {
        var (time, log) = (new SettableTime(), new FakeLogger<ClockWatch>());
        using var watch = new ClockWatch(time, log);
        await watch.StartAsync(CancellationToken.None);
        await TickUntilTold(1, then: -20);
        await TickUntilTold(2, then: 3600);
        time.SetBy += TimeSpan.FromMilliseconds(500);
        await TickUntilTold(3, then: -20);
        await watch.StopAsync(CancellationToken.None);

        var told = log.Collector.GetSnapshot().Select(line => line.Message).ToList();
        Assert.Equal(3, told.Count);
        Assert.StartsWith("The wall clock was set back by 20.0 s, it is 2026-01-02T", told[0]);
        Assert.StartsWith("The wall clock was set forward by 3600.0 s", told[1]);

        async Task TickUntilTold(int count, int then)
        {
            time.SetBy += TimeSpan.FromSeconds(then);
            await Eventually.True(() =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(log.Collector.Count >= count);
            });
        }
    }
}
