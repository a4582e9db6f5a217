using System.Text.Json;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;

namespace PushNet.Tests;

/// <summary>
/// A client that keeps prices by the rules of docs/protocol.md, reading nothing but what goes over the wire, and checks the
/// order that its mode promises.
/// </summary>
internal sealed class PriceClient(bool isConflated) : FrameClient
{
    private readonly Dictionary<string, (decimal? Price, long Seq)> _prices = [];
    private readonly Dictionary<string, long> _lastOfOutcome = [];
    private long _floor = -1;
    private long _lastState;
    private long _last;

    /// <summary>The prices held, one line per outcome that has one.</summary>
    public string Prices => string.Join('\n', _prices.Where(one => one.Value.Price is not null)
        .Select(one => $"{one.Key} {one.Value.Price:0.###}").Order(StringComparer.Ordinal));

    /// <summary>The same of a board, as far as a filter selects it.</summary>
    public static string PricesOf(GameBoard board, EventFilter filter) => string.Join('\n', board.LiveGames.Where(filter.Selects)
        .SelectMany(game => board.MarketsOf(game.GameId, filter.Selects).SelectMany(market => market).Select(outcome =>
            $"{Name(game.GameId, outcome.Key.MarketType, outcome.Key.Book, outcome.Key.Outcome, outcome.Key.Points)} "
                + $"{outcome.Price:0.###}"))
        .Order(StringComparer.Ordinal));

    protected override void TakeDelta(JsonElement frame)
    {
        if (frame.Type() == "price_change")
        {
            TakePrice(frame);
        }
        else
        {
            Grows(ref _lastState, frame.Seq());
        }
    }

    protected override void TakeSnapshot(JsonElement frame)
    {
        foreach (var game in frame.GetProperty("games").EnumerateArray())
        {
            if (!game.TryGetProperty("markets", out var markets))
            {
                return;
            }

            foreach (var (market, outcome) in markets.EnumerateObject()
                .SelectMany(market => market.Value.EnumerateArray().Select(outcome => (market.Name, outcome))))
            {
                var name = Name(game.GetProperty("game_id").GetString()!, market, outcome.GetProperty("book").GetString()!,
                    outcome.GetProperty("outcome").GetString()!, Number(outcome, "points"));
                _prices[name] = (Number(outcome, "price"), frame.Seq());
            }
        }

        foreach (var gone in _prices.Where(one => one.Value.Seq < frame.Seq()).Select(one => one.Key).ToList())
        {
            _prices.Remove(gone);
        }

        _floor = frame.Seq();
    }

    private void TakePrice(JsonElement frame)
    {
        var name = Name(frame.GetProperty("game_id").GetString()!, frame.GetProperty("pn_market_type").GetString()!,
            frame.GetProperty("book").GetString()!, frame.GetProperty("outcome").GetString()!, Number(frame, "points"));
        var last = _lastOfOutcome.GetValueOrDefault(name);
        Grows(ref last, frame.Seq());
        _lastOfOutcome[name] = last;
        if (frame.Seq() > _floor)
        {
            _prices[name] = (Number(frame, "new_price"), frame.Seq());
        }
    }

    private void Grows(ref long last, long seq)
    {
        Assert.True(seq > last, $"event {seq} after {last}");
        last = seq;
        if (!isConflated)
        {
            Assert.True(seq > _last, $"event {seq} after {_last}");
            _last = seq;
        }
    }

    private static string Name(string game, string market, string book, string outcome, decimal? points) =>
        $"{game} {market} {book} {outcome} {points:0.###}";

    private static decimal? Number(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;
}
