using System.Buffers;
using System.Text;
using System.Text.Json;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Wire;

/// <summary>The markets of a game to the byte (docs/protocol.md#rest): by type, Outcomes in the documented key order.</summary>
public sealed class MarketsJsonTests
{
    private readonly GameBoard _board = new(Given.Limits);

    public MarketsJsonTests() => _board.Apply(Given.Seen(Given.Game()), Given.Now);

    [Fact]
    public void Outcomes_are_grouped_by_market_type()
    {
        Set("moneyline", "fd", "Home", null, -188.0m, 7);
        Set("points", "dk", "Jokić over", 27.5m, 275.0m, 8, "p-1");
        Set("moneyline", "dk", "Home", null, 105.0m, 9);

        Assert.Equal(
            """
            {"moneyline":[{"book":"fd","outcome":"Home","price":-188.0,"points":null,"player_id":null,"ts":7},{"book":"dk",
            "outcome":"Home","price":105.0,"points":null,"player_id":null,"ts":9}],"points":[{"book":"dk","outcome":"Jokić over",
            "price":275.0,"points":27.5,"player_id":"p-1","ts":8}]}
            """.ReplaceLineEndings(""),
            Written());
    }

    [Fact]
    public void Withdrawn_outcomes_and_empty_markets_are_left_out()
    {
        Set("moneyline", "fd", "Home", null, -188.0m, 7);
        Set("moneyline", "fd", "Home", null, null, 8);

        Assert.Equal("{}", Written());
    }

    [Fact]
    public void Only_selected_outcomes_are_written()
    {
        Set("moneyline", "fd", "Home", null, -188.0m, 7);
        Set("moneyline", "dk", "Home", null, 105.0m, 7);

        Assert.Equal(
            """
            {"moneyline":[{"book":"dk","outcome":"Home","price":105.0,"points":null,"player_id":null,"ts":7}]}
            """, Written(key => key.Book == "dk"));
    }

    [Fact]
    public void The_time_is_that_of_the_price_and_not_of_its_confirmation()
    {
        Set("moneyline", "fd", "Home", null, -188.0m, 7);
        Set("moneyline", "fd", "Home", null, -188.0m, 9);

        Assert.Contains("\"ts\":7}", Written());
    }

    private void Set(string market, string book, string outcome, decimal? points, decimal? price, long ts, string? player = null) =>
        Assert.NotEqual(
            Verdict.Rejected,
            _board.Apply(
                new PriceObservation("g1", new OutcomeKey(market, book, outcome, points), price, player) { Ts = ts }, Given.Now).Verdict);

    private string Written(Func<OutcomeKey, bool>? selects = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            MarketsJson.Write(json, _board.MarketsOf("g1", selects));
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
