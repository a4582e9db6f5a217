using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PushNet.Tests.EndToEnd;

/// <summary>What docs/protocol.md says about how large a snapshot gets, measured on the demo.</summary>
public partial class SnapshotSizeTests
{
    private const int DemoGames = 10;

    [Fact]
    public async Task A_snapshot_takes_the_bytes_per_game_and_per_price_that_the_docs_tell()
    {
        await using var server = await PushServer.StartAsync(("Feed:Kind", "demo"));
        await Eventually.True(async () => (await server.GetJsonAsync("/health")).GetProperty("live").GetInt32() >= DemoGames / 2);
        using var live = await server.JoinAsync("live");
        using var priced = await server.JoinAsync("odds", "prices=snapshot");

        var games = live.Snapshot.GetProperty("games");
        var markets = priced.Snapshot.GetProperty("games").EnumerateArray().Select(game => game.GetProperty("markets")).ToList();
        var prices = markets.Sum(market => market.EnumerateObject().Sum(outcomes => outcomes.Value.GetArrayLength()));

        Assert.True(prices > 0);
        IsAbout(Told(BytesPerGame()), (double)Bytes(games) / games.GetArrayLength());
        IsAbout(Told(BytesPerPrice()), (double)markets.Sum(Bytes) / prices);
    }

    private static int Bytes(JsonElement json) => Encoding.UTF8.GetByteCount(json.GetRawText());

    private static void IsAbout(double told, double measured) => Assert.InRange(measured, told * 0.9, told * 1.1);

    private static double Told(Regex number) =>
        double.Parse(number.Match(File.ReadAllText(DocsTests.PathOf("docs/protocol.md"))).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"about\s+(\d+)\s+bytes\s+per\s+game")]
    private static partial Regex BytesPerGame();

    [GeneratedRegex(@"about\s+(\d+)\s+more\s+per\s+price")]
    private static partial Regex BytesPerPrice();
}
