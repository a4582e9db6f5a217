using System.Text.Json;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;

namespace PushNet.Tests;

/// <summary>
/// A client that keeps prices by the rules of docs/protocol.md, reading nothing but what goes over the wire, and checks the
/// order that its mode promises.
/// </summary>
/// <param name="isConflated">True when it asked for merged prices.</param>
/// <param name="hasAllGames">True when it asked for the games that are not live, too.</param>
internal sealed class PriceClient(bool isConflated, bool hasAllGames = false) : FrameClient
{
    private readonly HashSet<string> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _marketsOf = [];
    private readonly Dictionary<string, (decimal? Price, long Seq)> _prices = [];
    private readonly Dictionary<string, long> _lastOfOutcome = [];
    private long _floor = -1;
    private long _lastState;
    private long _last;

    /// <summary>The prices held of the games that it follows, one line per outcome that has one.</summary>
    public string Prices => string.Join('\n', _prices
        .Where(one => one.Value.Price is not null && (hasAllGames || _live.Contains(one.Key.Split(' ')[0])))
        .Select(one => $"{one.Key} {one.Value.Price:0.###}").Order(StringComparer.Ordinal));

    /// <summary>The same of a board, as far as a filter selects it.</summary>
    public static string PricesOf(GameBoard board, EventFilter filter, bool hasAllGames = false) => string.Join('\n', board.Games
        .Where(game => (game.IsLive || hasAllGames) && filter.Selects(game))
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
            if (frame.TryGetProperty("game", out var game))
            {
                Follow(game);
            }
        }
    }

    protected override void TakeAside(JsonElement frame)
    {
        var id = frame.GetProperty("game_id").GetString()!;
        Forget(name => name.StartsWith($"{id} ", StringComparison.Ordinal));
        if (frame.Type() == "markets")
        {
            Assert.False(hasAllGames);
            Put(id, frame.GetProperty("markets"), frame.Seq());
            _marketsOf[id] = frame.Seq();
        }
    }

    protected override void TakeSnapshot(JsonElement frame)
    {
        _live.Clear();
        foreach (var game in frame.GetProperty("games").EnumerateArray())
        {
            Follow(game);
            if (!game.TryGetProperty("markets", out var markets))
            {
                return;
            }

            Put(game.GetProperty("game_id").GetString()!, markets, frame.Seq());
        }

        Forget(name => _prices[name].Seq < frame.Seq());
        _floor = frame.Seq();
    }

    private void Follow(JsonElement game)
    {
        var id = game.GetProperty("game_id").GetString()!;
        if (game.GetProperty("scores").GetProperty("is_live").GetBoolean())
        {
            _live.Add(id);
        }
        else
        {
            _live.Remove(id);
        }
    }

    private void Put(string gameId, JsonElement markets, long seq)
    {
        foreach (var (market, outcome) in markets.EnumerateObject()
            .SelectMany(market => market.Value.EnumerateArray().Select(outcome => (market.Name, outcome))))
        {
            var name = Name(gameId, market, outcome.GetProperty("book").GetString()!, outcome.GetProperty("outcome").GetString()!,
                Number(outcome, "points"));
            _prices[name] = (Number(outcome, "price"), seq);
        }
    }

    private void Forget(Func<string, bool> isGone)
    {
        foreach (var gone in _prices.Keys.Where(isGone).ToList())
        {
            _prices.Remove(gone);
        }
    }

    private void TakePrice(JsonElement frame)
    {
        var name = Name(frame.GetProperty("game_id").GetString()!, frame.GetProperty("pn_market_type").GetString()!,
            frame.GetProperty("book").GetString()!, frame.GetProperty("outcome").GetString()!, Number(frame, "points"));
        var last = _lastOfOutcome.GetValueOrDefault(name);
        Grows(ref last, frame.Seq());
        _lastOfOutcome[name] = last;
        if (frame.Seq() > Math.Max(_floor, _marketsOf.GetValueOrDefault(frame.GetProperty("game_id").GetString()!)))
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
