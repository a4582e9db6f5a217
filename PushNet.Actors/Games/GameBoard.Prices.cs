using PushNet.Actors.Clock;

namespace PushNet.Actors.Games;

/// <summary>What observations of prices change.</summary>
public sealed partial class GameBoard
{
    private ApplyResult ApplyPrice(PriceObservation observation, Moment now, bool isDemo)
    {
        if (!_games.TryGetValue(observation.GameId, out var game))
        {
            return ApplyResult.Rejected($"game {observation.GameId} is not known; send its game observation first");
        }

        if (game.IsDemo != isDemo)
        {
            return OfOthers(game);
        }

        var known = game.Outcomes.Find(observation.Key);
        if (observation.Ts < known?.Mark)
        {
            return ApplyResult.Stale;
        }

        if (known is null && observation is { Price: null, Ts: null })
        {
            game.LastAccepted = now;
            return ApplyResult.Unchanged;
        }

        if (known is null && OutcomeCount >= limits.MaxOutcomes)
        {
            return ApplyResult.Rejected($"the board holds {limits.MaxOutcomes} outcomes already; this one was not added");
        }

        var before = known?.Outcome;
        var ts = observation.Ts ?? now.Ts;
        var moved = before?.Price != observation.Price;
        var after = observation.Price is { } price
            ? new Outcome(observation.Key, price, observation.PlayerId, moved ? ts : before!.Ts) : null;
        if (known is null)
        {
            known = game.Outcomes.Add(observation.Key);
            OutcomeCount++;
        }

        known.Mark = observation.Ts ?? known.Mark;
        game.LastAccepted = now;
        if (before == after)
        {
            return ApplyResult.Unchanged;
        }

        game.Outcomes.Set(known, after);
        _views.Changed(game);
        return moved
            ? ApplyResult.Applied(new PriceChange(game.Game, observation.Key, before?.Price, observation.Price, ts, ++Seq))
            : ApplyResult.Applied();
    }
}
