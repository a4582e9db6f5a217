using System.Globalization;
using PushNet.Bench.Load;
using PushNet.Bench.Servers;

namespace PushNet.Bench.Runs;

/// <summary>
/// Sends many prices in one body, as a feed that reconnects does, and fails when any client loses one.
/// </summary>
internal static class Burst
{
    private const int WarmUpBursts = 5;
    private const int WarmUpPrices = 1000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Runs it.</summary>
    /// <param name="prices">Prices in the body.</param>
    /// <param name="options">The clients.</param>
    /// <param name="settings">Environment variables for the server.</param>
    /// <returns>The exit code: 0 when nobody lost anything.</returns>
    public static async Task<int> RunAsync(int prices, LoadOptions options, IReadOnlyList<(string Name, string Value)> settings)
    {
        await using var server = await ServerUnderTest.StartAsync(ServerKind.PushNet, options, null, settings);
        var schedule = new Schedule(1, 0);
        var feed = new FeedSender(server.Address, options, schedule);
        await feed.SendGamesAsync();
        using var clients = new LoadClient([server.Address], options, schedule);
        await clients.ConnectAsync();
        var stats = clients.Stats;
        for (var i = 0; i < WarmUpBursts; i++)
        {
            await feed.SendBurstAsync(WarmUpPrices);
        }

        var reading = stats.Joined;
        await LoadClient.UntilAsync(() => stats.Delivered + stats.Dropped >= reading * WarmUpBursts * WarmUpPrices, Longest);
        var (delivered, dropped, cpu) = (stats.Delivered, stats.Dropped, server.Cpu);

        var begin = TimeProvider.System.GetTimestamp();
        await feed.SendBurstAsync(prices);
        var taken = TimeProvider.System.GetElapsedTime(begin);
        var expected = reading * prices;
        await LoadClient.UntilAsync(() => stats.Delivered + stats.Dropped - delivered - dropped >= expected, Longest);
        var all = TimeProvider.System.GetElapsedTime(begin);
        var used = (server.Cpu - cpu).Total;
        (delivered, dropped) = (stats.Delivered - delivered, stats.Dropped - dropped);

        Console.WriteLine("| clients x prices | delivered | dropped | body taken s | all delivered s | CPU s |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {reading:N0} x {prices:N0} | {delivered:N0} of {expected:N0} | {dropped:N0} "
            + $"| {taken.TotalSeconds:0.00} | {all.TotalSeconds:0.00} "
            + $"| {used.TotalSeconds:0.00} |"));
        return delivered == expected ? 0 : 1;
    }
}
