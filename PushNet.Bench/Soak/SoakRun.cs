using PushNet.Bench.Load;
using PushNet.Bench.Servers;

namespace PushNet.Bench.Soak;

/// <summary>
/// One soak: a feed, clients that come and go, clock steps and floods, and three readings with and three without clients.
/// </summary>
/// <param name="length">How long it lasts.</param>
/// <param name="clients">How many clients at once.</param>
/// <param name="rate">Events per second.</param>
internal sealed class SoakRun(TimeSpan length, int clients, double rate)
{
    private const int Readings = 3;
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly List<SoakReading> _readings = [];

    /// <summary>Runs it.</summary>
    /// <param name="progress">Told what happens.</param>
    /// <exception cref="InvalidOperationException">The server ended.</exception>
    public async Task<IReadOnlyList<SoakReading>> RunAsync(TextWriter progress)
    {
        var options = new LoadOptions { Odds = clients, Live = 0, Rate = rate };
        using var clock = new ShiftedClock();
        using var data = new DataFolder();
        await using var server = await SoakServer.StartAsync(options, data, clock);
        var schedule = new Schedule(rate, options.Games + 1);
        var feed = new FeedSender(server.Process.Address, options, schedule);
        await feed.SendGamesAsync();
        var sending = feed.Start();
        using var churn = new Churn(server.Process.Address, options, schedule);
        var disturbances = new Disturbances(server.Process.Address, clock, progress);

        var begin = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(Tick);
        while (_readings.Count < 2 * Readings && await tick.WaitForNextTickAsync())
        {
            if (server.Process.ExitCode is { } code)
            {
                throw new InvalidOperationException(
                    $"the server ended with exit code {code} after {TimeProvider.System.GetElapsedTime(begin)}");
            }

            var elapsed = TimeProvider.System.GetElapsedTime(begin);
            disturbances.Next(elapsed);
            if (elapsed >= length * ((_readings.Count / 2) + 1) / Readings)
            {
                await disturbances.EndAsync();
                await ReadAsync(server, churn, elapsed, isAtRest: false);
                churn.Pause();
                for (var left = TimeProvider.System.GetTimestamp();
                    await server.SlotsAsync() > 0 && TimeProvider.System.GetElapsedTime(left) < Leaving;)
                {
                    await tick.WaitForNextTickAsync();
                }

                await ReadAsync(server, churn, TimeProvider.System.GetElapsedTime(begin), isAtRest: true);
                churn.Resume();
                progress.WriteLine(SoakReport.TableOf(_readings[^2..]));
            }
        }

        feed.Stop();
        progress.WriteLine(await sending);
        return _readings;
    }

    private async Task ReadAsync(SoakServer server, Churn churn, TimeSpan at, bool isAtRest)
    {
        var stats = churn.Stats;
        _readings.Add(new SoakReading
        {
            At = at,
            IsAtRest = isAtRest,
            Heap = await server.Process.HeapAsync(),
            Rss = server.Process.Rss,
            Descriptors = server.Process.Descriptors,
            Actors = await server.ActorsAsync(),
            Slots = await server.SlotsAsync(),
            Joined = stats.Joined,
            Lost = stats.Lost,
            Delivered = stats.Delivered,
            Told = stats.Dropped,
            Wrong = stats.Wrong,
            Repeats = stats.Repeats,
            P99Ms = isAtRest ? null : stats.Latency.GetValueAtPercentile(99) / 1000.0,
        });
        stats.ResetLatency();
    }
}
