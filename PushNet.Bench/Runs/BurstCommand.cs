using System.CommandLine;
using System.Globalization;
using PushNet.Bench.Load;
using PushNet.Bench.Servers;

namespace PushNet.Bench.Runs;

/// <summary>
/// Sends many prices in one body, as a feed does that reconnects, and fails when any of the clients loses one.
/// </summary>
internal static class BurstCommand
{
    private const int WarmUpBursts = 5;
    private const int WarmUpPrices = 1000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly Option<int> Prices = new("--prices") { Description = "Prices in the body.", DefaultValueFactory = _ => 20_000 };
    private static readonly Option<int> Odds = new("--odds") { Description = "Connections on /ws/odds.", DefaultValueFactory = _ => 200 };
    private static readonly Option<double> Stalled = new("--stalled") { Description = "Share of clients that read nothing." };
    private static readonly Option<string[]> Settings = new("--set")
    {
        Description = "NAME=VALUE, an environment variable for the server; may be repeated.",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        var burst = new Command("burst", "Sends prices in one body and fails when a client loses one.") { Prices, Odds, Stalled, Settings };
        burst.SetAction(parsed => RunAsync(
            parsed.GetValue(Prices),
            new LoadOptions { Odds = parsed.GetValue(Odds), StalledShare = parsed.GetValue(Stalled) },
            [.. (parsed.GetValue(Settings) ?? []).Select(setting => setting.Split('=', 2)).Select(setting => (setting[0], setting[1]))]));
        return burst;
    }

    private static async Task<int> RunAsync(int prices, LoadOptions options, (string, string)[] settings)
    {
        await using var server = await ServerUnderTest.StartAsync(ServerKind.PushNet, options, null, settings);
        var schedule = new Schedule(1, 0);
        var feed = new FeedSender(server.Address, options, schedule);
        await feed.SendGamesAsync();
        using var clients = new LoadClient(server.Address, options, schedule);
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
        var used = server.Cpu;
        (delivered, dropped) = (stats.Delivered - delivered, stats.Dropped - dropped);

        Console.WriteLine("| clients x prices | delivered | dropped | body taken s | all delivered s | CPU s |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {reading:N0} x {prices:N0} | {delivered:N0} of {expected:N0} | {dropped:N0} "
            + $"| {taken.TotalSeconds:0.00} | {all.TotalSeconds:0.00} "
            + $"| {(used.User + used.Kernel - cpu.User - cpu.Kernel).TotalSeconds:0.00} |"));
        return delivered == expected ? 0 : 1;
    }
}
