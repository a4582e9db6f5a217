using PushNet.Actors.Clock;

namespace PushNet.Actors.Games;

/// <summary>What observations of prices change.</summary>
public sealed partial class GameBoard
{
    private ApplyResult ApplyPrice(PriceObservation observation, Moment now, bool isDemo)
    {
        if (PricedGame(observation, isDemo, out var refused) is not { } game)
        {
            return refused;
        }

        var known = game.Outcomes.Find(observation.Key);
        if (known?.Mark.IsAhead(observation) == true)
        {
            return ApplyResult.Stale;
        }

        if (known is null && observation is { Price: null, Ts: null })
        {
            game.LastAccepted = now;
            return ApplyResult.Unchanged;
        }

        if (known is null && OutcomeCount >= Limits.MaxOutcomes)
        {
            return ApplyResult.Rejected($"the board holds {Limits.MaxOutcomes} outcomes already; this one was not added");
        }

        var before = known?.Outcome;
        var ts = observation.Ts ?? now.Ts;
        var isMain = observation is { IsMain: true, Price: not null };
        var moved = before?.Price != observation.Price || (before?.IsMain ?? false) != isMain;
        var after = observation.Price is { } price
            ? new Outcome(observation.Key, price, observation.PlayerId, moved ? ts : before!.Ts) { IsMain = isMain } : null;
        if (known is null)
        {
            known = game.Outcomes.Add(observation.Key);
            OutcomeCount++;
        }

        known.Mark = known.Mark.Behind(observation);
        game.LastAccepted = now;
        if (before == after)
        {
            return ApplyResult.Unchanged;
        }

        game.Outcomes.Set(known, after);
        _views.Changed(game);
        return moved ? ApplyResult.Applied(Change(game, observation.Key, before, after, observation.Reason, ts)) : ApplyResult.Applied();
    }

    private ApplyResult ApplyWithdrawal(WithdrawObservation observation, Moment now, bool isDemo)
    {
        if (PricedGame(observation, isDemo, out var refused) is not { } game)
        {
            return refused;
        }

        var matching = game.Outcomes.Entries.Where(one => observation.Selects(one.Key)).ToList();
        var accepted = matching.Where(one => !one.Value.Mark.IsAhead(observation)).ToList();
        if (accepted.Count == 0 && matching.Count > 0)
        {
            return ApplyResult.Stale;
        }

        var events = new List<GameEvent>();
        foreach (var (key, known) in accepted)
        {
            known.Mark = known.Mark.Behind(observation);
            if (known.Outcome is { } before)
            {
                game.Outcomes.Set(known, null);
                events.Add(Change(game, key, before, null, observation.Reason, observation.Ts ?? now.Ts));
            }
        }

        game.LastAccepted = now;
        if (events.Count > 0)
        {
            _views.Changed(game);
        }

        return (events.Count > 0 ? ApplyResult.Applied(events) : ApplyResult.Unchanged) with
        {
            Withdrawn = [.. accepted.Select(one => one.Key)],
        };
    }

    private GameEntry? PricedGame(Observation observation, bool isDemo, out ApplyResult refused)
    {
        if (!_games.TryGetValue(observation.GameId, out var game))
        {
            refused = ApplyResult.Rejected($"game {observation.GameId} is not known; send its game observation first");
            return null;
        }

        refused = game.IsDemo == isDemo ? default : OfOthers(game);
        return game.IsDemo == isDemo ? game : null;
    }

    private PriceChange Change(GameEntry game, OutcomeKey key, Outcome? before, Outcome? after, WithdrawalReason? reason, long ts) =>
        new(game.Game, key, before?.Price, after?.Price, ts, ++Seq)
        {
            Reason = after is null ? reason : null,
            IsMain = after?.IsMain ?? false,
            WasMain = before?.IsMain ?? false,
        };
}
