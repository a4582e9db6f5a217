using PushNet.Actors.Clock;

namespace PushNet.Actors.Games;

/// <summary>
/// The live state of all games, and the only place that decides what an observation changes and which events it
/// causes. Pure: no clock, no I/O; one thread at a time. When <see cref="Apply"/> throws, nothing has changed.
/// </summary>
public sealed partial class GameBoard(BoardLimits limits)
{
    private readonly Dictionary<string, GameEntry> _games = new(StringComparer.Ordinal);
    private readonly BoardViewBuilder _views = new();
    private readonly SlugIndex _slugs = new();
    private long _asidesOf;
    private int _asides;

    /// <summary>What it holds at most. Larger ones let more in; smaller ones turn out nothing that is there.</summary>
    internal BoardLimits Limits { get; set; } = limits;

    /// <summary>The number of the last event; 0 before the first.</summary>
    public long Seq { get; private set; }

    /// <summary>How many asides stand behind the last event.</summary>
    public int Asides => _asidesOf == Seq ? _asides : 0;

    /// <summary>Games known, live or not.</summary>
    public int GameCount => _games.Count;

    /// <summary>Outcomes known, withdrawn ones included.</summary>
    public int OutcomeCount { get; private set; }

    /// <summary>Grows whenever a game changes; equal versions mean equal live games.</summary>
    public long GamesVersion { get; private set; }

    /// <summary>All games, in the order in which they were first seen.</summary>
    public IEnumerable<Game> Games => InOrder(_ => true).Select(entry => entry.Game);

    /// <summary>The games that are being played, in the order in which they were first seen.</summary>
    public IEnumerable<Game> LiveGames => InOrder(entry => entry.Game.IsLive).Select(entry => entry.Game);

    /// <summary>How many games are being played.</summary>
    public int LiveGameCount => _games.Values.Count(entry => entry.Game.IsLive);

    /// <summary>
    /// How many live games have not been heard of for the retention time. They never leave by themselves, so somebody should look.
    /// </summary>
    public int CountSilentLive(Moment now) => _games.Values.Count(entry => entry.Game.IsLive && IsSilent(entry, now));

    /// <summary>The latest state of a game; null when it is not known.</summary>
    public Game? Find(string gameId) => _games.GetValueOrDefault(gameId)?.Game;

    /// <summary>The current prices of a game, by market type. Withdrawn outcomes are left out, and so are markets without prices.</summary>
    /// <param name="gameId">The game; one that is not known has no prices.</param>
    /// <param name="selects">Which outcomes; null for all.</param>
    public ILookup<string, Outcome> MarketsOf(string gameId, Func<OutcomeKey, bool>? selects = null) =>
        GameView.ByMarket(_games.GetValueOrDefault(gameId)?.Outcomes.Latest ?? [], selects);

    /// <summary>
    /// The board as it is now, for readers on other threads. The cost grows with the games that changed since the view before; everything
    /// else is shared with that view.
    /// </summary>
    public BoardView View() => _views.Build(_slugs.Ids, Seq, GamesVersion);

    // Not in the order of the dictionary, which gives the place of a game that left to the next one that comes.
    private IOrderedEnumerable<GameEntry> InOrder(Func<GameEntry, bool> isMeant) =>
        _games.Values.Where(isMeant).OrderBy(entry => entry.Slot);

    /// <summary>Takes one observation in. A <see cref="RemoveObservation"/> that is applied takes its game off the board.</summary>
    /// <param name="observation">What a source saw.</param>
    /// <param name="now">When the server took it.</param>
    /// <param name="isDemo">
    /// True when the observation is made up for show. The demo and the others each have games of their own: a game's first
    /// observation decides whose it is.
    /// </param>
    /// <param name="left">Called with the id of each game that left to make room, except those of the demo.</param>
    /// <returns>What became of it and the events it caused, numbered on from <see cref="Seq"/>.</returns>
    public ApplyResult Apply(Observation observation, Moment now, bool isDemo = false, Action<string>? left = null)
    {
        if (observation is { Ts: { } ts, IsTsOfStorage: false } && ts > (now + Limits.MaxAhead).Ts)
        {
            return ApplyResult.Rejected($"ts {ts} is more than {Limits.MaxAhead.TotalMinutes:0.#} minutes ahead of the server's clock") with
            {
                AheadMs = ts - now.Ts,
            };
        }

        return observation switch
        {
            GameObservation game => ApplyGame(game, now, isDemo, left),
            PriceObservation price => ApplyPrice(price, now, isDemo),
            WithdrawObservation withdrawal => ApplyWithdrawal(withdrawal, now, isDemo),
            RemoveObservation removal => ApplyRemoval(removal, now, isDemo),
            _ => throw new ArgumentException($"unknown observation {observation.GetType().Name}", nameof(observation)),
        };
    }

    /// <summary>Removes the games that are not live and have not been heard of for the retention time, with their prices.</summary>
    /// <param name="now">The current moment.</param>
    /// <param name="left">Called with the id of each game that left, except those of the demo.</param>
    /// <returns>The events that it caused: one for each game that left.</returns>
    public IReadOnlyList<GameEvent> Evict(Moment now, Action<string>? left = null)
    {
        var leaving = InOrder(entry => !entry.Game.IsLive && IsSilent(entry, now)).ToList();
        return leaving.Count > 0 ? Forget(leaving, now.Ts, left) : [];
    }

    private List<GameEvent> Forget(IReadOnlyCollection<GameEntry> leaving, long ts, Action<string>? left)
    {
        var events = new List<GameEvent>(leaving.Count);
        foreach (var entry in leaving)
        {
            _games.Remove(entry.Game.GameId);
            _slugs.Remove(entry.Game);
            OutcomeCount -= entry.Outcomes.Count;
            events.Add(new RemovedGame(entry.Game, ts, Seq) { AsideNumber = NextAside() });
            if (!entry.IsDemo)
            {
                left?.Invoke(entry.Game.GameId);
            }
        }

        GamesVersion++;
        _views.Restart(_games.Values);
        return events;
    }

    // The number tells apart the asides that stand behind the same event.
    private int NextAside()
    {
        _asides = Asides + 1;
        _asidesOf = Seq;
        return _asides;
    }

    private void NumberAsides(List<GameEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            events[i] = events[i].IsNumbered ? events[i] : events[i] with { AsideNumber = NextAside() };
        }
    }

    private GameMarkets GoesLive(GameEntry entry, long ts) =>
        new(entry.Game, entry.Outcomes.Latest, ts, Seq) { AsideNumber = NextAside() };

    private bool IsSilent(GameEntry entry, Moment now) =>
        now - entry.LastAccepted >= (entry.IsDemo ? Limits.DemoRetention : Limits.GameRetention);

    private ApplyResult ApplyGame(GameObservation observation, Moment now, bool isDemo, Action<string>? left)
    {
        if (!_games.TryGetValue(observation.GameId, out var entry))
        {
            return AddGame(observation, now, isDemo, left);
        }

        if (entry.IsDemo != isDemo)
        {
            return OfOthers(entry);
        }

        var (before, after) = (entry.Game, observation.Game);
        if (FixedFieldError(before, after) is { } error)
        {
            return ApplyResult.Rejected(error);
        }

        if (entry.Mark.IsAhead(observation))
        {
            return ApplyResult.Stale;
        }

        // A slug may come later, and a source that does not know it must not take it away again.
        after = after with { PnSlug = after.PnSlug ?? before.PnSlug };
        var events = GameEvents.Between(before, after, observation.Ts ?? now.Ts, Seq);
        var changed = before != after;

        entry.Game = after;
        entry.Mark = entry.Mark.Behind(observation);
        entry.LastAccepted = now;
        Seq = events is [.., var last] ? last.Seq : Seq;
        NumberAsides(events);
        if (after.IsLive && (!before.IsLive || before.PnSlug != after.PnSlug))
        {
            // This is also for clients whose filter has found the game by its slug just now.
            events.Add(GoesLive(entry, observation.Ts ?? now.Ts));
        }

        if (!changed)
        {
            return ApplyResult.Unchanged;
        }

        GamesVersion++;
        _views.Changed(entry);
        return ApplyResult.Applied(events) with { Warning = before.PnSlug is null ? AddSlug(after) : null };
    }

    private ApplyResult AddGame(GameObservation observation, Moment now, bool isDemo, Action<string>? left)
    {
        if (MakeRoom(observation, now, isDemo, left) is not { } room)
        {
            return ApplyResult.Rejected($"the board holds {Limits.MaxGames} games already; game {observation.GameId} was not added");
        }

        var entry = new GameEntry(observation.Game, isDemo) { Mark = default(Mark).Behind(observation), LastAccepted = now };
        _games.Add(observation.GameId, entry);
        _views.Add(entry);
        GamesVersion++;
        var ts = observation.Ts ?? now.Ts;
        var added = new NewGame(observation.Game, ts, ++Seq);

        // It has no prices, but clients may still hold some from a game with this id that left the board.
        return ApplyResult.Applied(observation.Game.IsLive ? [.. room, added, GoesLive(entry, ts)] : [.. room, added]) with
        {
            Warning = AddSlug(observation.Game),
        };
    }

    private string? AddSlug(Game game) => _slugs.Add(game).MinBy(id => _games[id].Slot) is { } other
        ? $"pn_slug \"{game.PnSlug}\" is that of game {other} too; asked by it, REST answers the one that is live, or else the next "
            + "one"
        : null;

    private static ApplyResult OfOthers(GameEntry entry) => ApplyResult.Rejected(entry.IsDemo
        ? $"game {entry.Game.GameId} belongs to the demo, which is never kept; use another game_id"
        : $"game {entry.Game.GameId} is not of the demo");

    private static string? FixedFieldError(Game before, Game after) => (before, after) switch
    {
        _ when before.PnLeagueCode != after.PnLeagueCode => Fixed("pn_league_code", before.PnLeagueCode),
        _ when before.SportCategory != after.SportCategory => Fixed("sport_category", before.SportCategory),
        ({ PnSlug: { } slug }, { PnSlug: not null }) when slug != after.PnSlug => Fixed("pn_slug", slug),
        _ => null,
    };

    private static string Fixed(string field, string value) =>
        $"{field} of this game is \"{value}\" since its first observation and can't change";
}
