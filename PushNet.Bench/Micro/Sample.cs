using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Bench.Micro;

/// <summary>What the benchmarks work on: a game with everything that a feed usually knows about one, and its events.</summary>
internal static class Sample
{
    public static readonly Moment Now = Moment.Now(TimeProvider.System);

    public static readonly OutcomeKey Outcome = new("spreads", "pinnacle", "home", -3.5m);

    public static readonly Game Game = new()
    {
        GameId = "sample-0001",
        PnSlug = "nba-lakers-celtics-2026-01-02",
        PnLeagueCode = "nba",
        SportCategory = "basketball",
        StartDate = "2026-01-02T19:00:00Z",
        Status = GameStatus.Live,
        HomeTeam = new Team("Boston Celtics", "BOS", null, null, null),
        AwayTeam = new Team("Los Angeles Lakers", "LAL", null, null, null),
        Scores = new Scores { ScoreHome = 88, ScoreAway = 91, Period = "Q4", Clock = "07:12" },
    };

    public static PriceChange Price(long seq = 1) => new(Game, Outcome, -110m, -105m, Now.Ts, seq);

    public static ScoreChange Score(long seq = 1) => new(Game, Now.Ts, seq);

    public static PriceObservation Seen(decimal price) => new(Game.GameId, Outcome, price, null);

    /// <summary>Encoded events: every twentieth is a score, and the others are prices.</summary>
    public static EncodedEvent[] Events(int count)
    {
        var encoder = new FrameEncoder();
        return [.. Enumerable.Range(1, count).Select(seq => encoder.Encode(seq % 20 == 0 ? Score(seq) : Price(seq)))];
    }

    public static FrameBatch Batch(int events) => FrameBatch.Join(Events(events), new FanOutProgress(1, () => { }));
}
