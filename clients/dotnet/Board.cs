namespace PushNet.Client;

/// <summary>
/// What the server has told, folded: the games and the prices. Pure, and not for several threads at once; use it alone with a
/// connection of your own.
/// </summary>
public sealed class Board
{
    private static readonly Dictionary<OutcomeKey, Price> NoPrices = [];

    private readonly Dictionary<string, Game> _games = [];
    private readonly Dictionary<string, Dictionary<OutcomeKey, Price>> _prices = [];

    // The games that have ended or left the board: prices of them that come late are not to stay.
    private readonly HashSet<string> _ended = [];

    // By game id, the seq up to which `markets` holds its prices.
    private readonly Dictionary<string, long> _marketsSeq = [];

    private bool _hasAllGames;
    private bool _pricesInSnapshots;
    private bool _isNew = true;
    private long _snapshotSeq = -1;
    private long _lostSeq = -1;

    /// <summary>The live games, by id; with <c>games=all</c> every game of the server's board.</summary>
    public IReadOnlyDictionary<string, Game> Games => _games;

    /// <summary>The ids of the games of which prices are known.</summary>
    public IReadOnlyCollection<string> GamesWithPrices => _prices.Keys;

    /// <summary>
    /// The number of the newest event that is in it. Of an answer over HTTP, prices of a smaller number are older than what is here.
    /// </summary>
    public long Seq { get; private set; }

    /// <summary>The events that the server said it dropped for this client.</summary>
    public long Dropped { get; private set; }

    /// <summary>
    /// The sources that the server has heard nothing of for too long: what is held of them may be old. Told only with <c>details=1</c>.
    /// </summary>
    public IReadOnlyList<StaleFeed> StaleFeeds { get; private set; } = [];

    /// <summary>True while something was lost and has not come again: some of what is held may be old.</summary>
    public bool IsStale => _lostSeq > _snapshotSeq;

    /// <summary>The prices of a game that are known, by outcome; empty if there are none.</summary>
    /// <param name="gameId">The game's id.</param>
    public IReadOnlyDictionary<OutcomeKey, Price> PricesOf(string gameId) => _prices.GetValueOrDefault(gameId, NoPrices);

    /// <summary>Takes the next frame, in order. Unknown types are ignored: there may be more of them one day.</summary>
    /// <param name="frame">As the server sent it.</param>
    public void Apply(Frame frame)
    {
        switch (frame)
        {
            case WelcomeFrame welcome:
                // What is held stays until the snapshot, so that whatever shows it need not blink.
                _hasAllGames = welcome.Games == "all";
                _pricesInSnapshots = welcome.Prices == "snapshot";
                _isNew = true;
                _lostSeq = -1;
                StaleFeeds = []; // Those that are stale come after the snapshot.
                break;
            case SnapshotFrame snapshot:
                StartOver(snapshot);
                break;
            case NewGameFrame created:
                Place(created.Game);
                break;
            case StatusChangeFrame change:
                Place(change.Game);
                break;
            case GameUpdateFrame update when Holds(update.Game):
                // If it is not live any more, the status_change that follows says so.
                _games[update.GameId] = update.Game;
                break;
            case GameFinalFrame final when !_hasAllGames:
                // Follows a status_change, which may have been lost.
                End(final.GameId);
                break;
            case GameRemovedFrame removed:
                End(removed.GameId);
                break;
            case ScoreChangeFrame change when _games.TryGetValue(change.GameId, out var game):
                _games[change.GameId] = WithScore(game, change);
                break;
            case MarketsFrame markets:
                _marketsSeq[markets.GameId] = markets.Seq;
                _prices.Remove(markets.GameId);
                Fill(markets.GameId, markets.Markets, markets.Seq);
                break;
            case PriceChangeFrame change:
                Move(change);
                break;
            case FeedFrame feed:
                StaleFeeds = feed.Stale;
                break;
            case LaggedFrame lagged:
                Dropped += lagged.Dropped;

                // Lost prices come back in snapshots only where those have prices; else one by one, as they move.
                if (_pricesInSnapshots || lagged.DroppedByType.Keys.Any(type => type != "price_change"))
                {
                    _lostSeq = lagged.Seq;
                }

                break;
        }

        // Merged prices may come late; what was lost is not in it.
        Seq = Math.Max(Seq, SeqOf(frame));
    }

    /// <summary>The game after a <c>score_change</c>.</summary>
    /// <param name="game">The game before.</param>
    /// <param name="change">Of the same game.</param>
    public static Game WithScore(Game game, ScoreChangeFrame change)
    {
        var before = game.Scores;
        var isSame = change.ScoreHome == before.ScoreHome && change.ScoreAway == before.ScoreAway
            && (change.Periods ?? []).SequenceEqual(before.Periods ?? []);
        return game with
        {
            Scores = before with
            {
                ScoreHome = change.ScoreHome,
                ScoreAway = change.ScoreAway,
                Period = change.Period,
                Clock = change.Clock,
                Periods = change.Periods,

                // A play that led to another score is not the last one.
                LastPlay = isSame ? before.LastPlay : null,
            },
        };
    }

    private static long SeqOf(Frame frame) => frame switch
    {
        LaggedFrame => 0,
        NumberedFrame numbered => numbered.Seq,
        UnknownFrame { Json: var json } when json.TryGetProperty("seq", out var seq) && seq.TryGetInt64(out var number) => number,
        _ => 0,
    };

    private bool Holds(Game game) => _hasAllGames || game.Scores.IsLive;

    private void Place(Game game)
    {
        if (Holds(game))
        {
            _games[game.GameId] = game;
        }
        else
        {
            _games.Remove(game.GameId);
        }

        if (game.Status == "final" && !_hasAllGames)
        {
            End(game.GameId);
        }
        else
        {
            _ended.Remove(game.GameId);
        }
    }

    private void StartOver(SnapshotFrame snapshot)
    {
        _snapshotSeq = snapshot.Seq;
        Seq = 0; // A server that was restarted may count from 1 again.
        _games.Clear();
        if (_isNew || _pricesInSnapshots)
        {
            _prices.Clear();
            _marketsSeq.Clear();
        }

        if (_isNew)
        {
            _ended.Clear();
        }

        _isNew = false;
        foreach (var game in snapshot.Games)
        {
            _games[game.GameId] = game with { Markets = null };
            _ended.Remove(game.GameId);
            if (game.Markets is { } markets)
            {
                Fill(game.GameId, markets, _snapshotSeq);
            }
        }
    }

    private void End(string gameId)
    {
        _games.Remove(gameId);
        _prices.Remove(gameId);
        _ended.Add(gameId);
    }

    private void Fill(string gameId, IReadOnlyDictionary<string, IReadOnlyList<Outcome>> markets, long seq)
    {
        foreach (var (market, outcomes) in markets)
        {
            foreach (var one in outcomes)
            {
                Set(gameId, new Price(new OutcomeKey(market, one.Book, one.Name, one.Points), one.Price, null, one.Main, one.Ts, seq));
            }
        }
    }

    private void Move(PriceChangeFrame change)
    {
        if (_ended.Contains(change.GameId))
        {
            return;
        }

        // Merged prices (conflate=) may come after the snapshot that has them already, or after one that has none.
        var key = new OutcomeKey(change.PnMarketType, change.Book, change.Outcome, change.Points);
        var known = PricesOf(change.GameId).TryGetValue(key, out var held) ? held.Seq
            : _marketsSeq.TryGetValue(change.GameId, out var seq) ? seq
            : _pricesInSnapshots ? _snapshotSeq : -1;
        if (change.Seq > known)
        {
            Set(change.GameId, new Price(key, change.NewPrice, change.Reason, change.Main, change.Ts, change.Seq));
        }
    }

    private void Set(string gameId, Price price)
    {
        if (!_prices.TryGetValue(gameId, out var ofGame))
        {
            _prices[gameId] = ofGame = [];
        }

        ofGame[price.Key] = price;
    }
}
