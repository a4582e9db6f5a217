using PushNet.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Scoreboard;

/// <summary>How the page copes with a peak, in a separate browser.</summary>
[Collection(Alone.Name)]
public class ScoreboardSpeedTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Ticks = 100;
    private const int EventsPerTick = 50;

    [FactWithFile(Chromium.File)]
    public async Task Ten_seconds_of_500_events_a_second_never_hold_it_up()
    {
        await using var server = await ScoreboardLooksTests.ServerWithOddsAsync(EventsPerTick);
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key, "#/odds/g1");
        await Expect(page.Price("moneyline", "o0", "b0")).ToBeVisibleAsync();
        await page.Tab.EvaluateAsync("""
            () => {
              window.longest = window.fastest = 0;
              const rate = document.getElementById('rate');
              new MutationObserver(() => { window.fastest = Math.max(window.fastest, Number(rate.textContent)); })
                .observe(rate, { childList: true });
              new PerformanceObserver(list => {
                window.longest = Math.max(window.longest, ...list.getEntries().map(task => task.duration));
              }).observe({ type: 'longtask' });
            }
            """);

        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tick = 1; tick <= Ticks && await clock.WaitForNextTickAsync(); tick++)
        {
            await server.IngestAsync(
                Enumerable.Range(0, EventsPerTick).Select(i => Lines.Price("g1", 100 + (tick * 7) + i, $"o{i / 8}", $"b{i % 8}")));
        }

        await Expect(page.Price("moneyline", "o6", "b1")).ToHaveTextAsync($"+{100 + (Ticks * 7) + 49}");
        Assert.InRange(await page.Tab.EvaluateAsync<double>("window.fastest"), 400, 2 * 500);
        Assert.InRange(await page.Tab.EvaluateAsync<double>("window.longest"), 0, 200);
    }
}
