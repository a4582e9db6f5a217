// Tells when the best prices of all books on a winner pay more than all stakes together:
//   dotnet run --project examples/arbitrage -- "ws://127.0.0.1:8080/ws/odds?market=moneyline&prices=snapshot"
// The key comes from PUSHNET_KEY.
using PushNet.Client;

if (args is not [var url])
{
    Console.Error.WriteLine("Say where to listen: ws://127.0.0.1:8080/ws/odds?market=moneyline&prices=snapshot");
    return 2;
}

var client = new PushNetClient(url, Environment.GetEnvironmentVariable("PUSHNET_KEY") ?? "");
client.StateChanged += (_, _) => Console.WriteLine($"{client.State} {client.Error}");
try
{
    await foreach (var frame in client.FollowAsync())
    {
        if (frame is PriceChangeFrame change && client.Board.Games.TryGetValue(change.GameId, out var game))
        {
            Tell(game, client.Board.PricesOf(game.GameId).Values);
        }
    }
}
catch (PushNetException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

return 0;

// The best price of each outcome; together they cover the game when there are as many as it can end in.
static void Tell(Game game, IEnumerable<Price> prices)
{
    var best = prices.Where(price => price is { American: not null, Key.Market: "moneyline" })
        .GroupBy(price => price.Key.Outcome)
        .Select(outcome => outcome.MaxBy(price => Decimal(price.American!.Value))!)
        .ToList();
    var share = best.Sum(price => 1 / Decimal(price.American!.Value));
    if (best.Count == (game.SportCategory == "soccer" ? 3 : 2) && share < 1)
    {
        var bets = best.Select(price => $"{price.Key.Outcome} {price.American:+0;-0} at {price.Key.Book}");
        Console.WriteLine($"{game.HomeTeam.Name} - {game.AwayTeam.Name}: {100 * ((1 / share) - 1):0.0} % with {string.Join(", ", bets)}");
    }
}

static decimal Decimal(decimal american) => american > 0 ? 1 + (american / 100) : 1 - (100 / american);
