using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Channels;
using PushNet.Actors.Channels.Groups;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;
using PushNet.Tests.Settings;
using PushNet.Web.Hosting;

namespace PushNet.Tests;

/// <summary>Builders of what the tests talk about: a test names only what it is about.</summary>
internal static class Given
{
    /// <summary>The moment at which clocks of tests begin.</summary>
    public static readonly Moment Now = Moment.Now(new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 20, 0, 0, TimeSpan.Zero)));

    /// <summary>What a board holds by default.</summary>
    public static readonly BoardLimits Limits = ActorSettings.LimitsOf(SettingsGiven.Read());

    /// <summary>How a publisher paces its fan-out by default.</summary>
    public static readonly FanOutSettings FanOut = ActorSettings.FanOutOf(SettingsGiven.Read());

    public static long NowMs => Now.Ts;

    public static Team Team(string name) => new(name, null, null, null, null);

    public static Scores Scores(int? home = 1, int? away = 0, string? period = "1H", string? clock = "10") =>
        new() { ScoreHome = home, ScoreAway = away, Period = period, Clock = clock };

    public static Game Game(string id = "g1", GameStatus status = GameStatus.Live, Scores? scores = null, string? slug = null) => new()
    {
        GameId = id,
        PnSlug = slug,
        PnLeagueCode = "fifa",
        SportCategory = "soccer",
        StartDate = "2026-01-02T19:00:00Z",
        Status = status,
        HomeTeam = Team("Home"),
        AwayTeam = Team("Away"),
        Scores = scores ?? Scores(),
    };

    public static GameObservation Seen(Game game, long? ts = null) => new(game) { Ts = ts };

    public static PriceObservation Price(
        decimal? price, string outcome = "Home", long? ts = null, string game = "g1", decimal? points = null, string? player = null) =>
        new(game, new OutcomeKey("moneyline", "book", outcome, points), price, player) { Ts = ts };

    public static ObserveLines Group(params IEnumerable<Observation> observations) =>
        new("test", false, [.. observations.Select((observation, i) => new ParsedLine(i + 1, observation, null))]);

    /// <summary>An event whose frame tells no more than its type and number.</summary>
    public static EncodedEvent Event(long seq, EventKind kind = EventKind.PriceChange) => new(
        Change(seq, kind),
        WebSocketFrame.Text(Encoding.UTF8.GetBytes($$"""{"type":"{{Encoding.UTF8.GetString(WireJson.TypeName(kind))}}","seq":{{seq}}}""")));

    private static GameEvent Change(long seq, EventKind kind) => kind switch
    {
        EventKind.NewGame => new NewGame(Game(), NowMs, seq),
        EventKind.ScoreChange => new ScoreChange(Game(), NowMs, seq),
        EventKind.StatusChange => new StatusChange(Game(), GameStatus.Unplayed, NowMs, seq),
        EventKind.GameUpdate => new GameUpdate(Game(), NowMs, seq),
        EventKind.GameFinal => new GameFinal(Game(), NowMs, seq),
        EventKind.Markets => new GameMarkets(Game(), [], NowMs, seq),
        EventKind.GameRemoved => new RemovedGame(Game(), NowMs, seq),
        _ => new PriceChange(Game(), new OutcomeKey("moneyline", "book", "Home", null), null, 100m + seq, NowMs, seq),
    };

    /// <summary>Events numbered on from <paramref name="first"/>.</summary>
    public static EncodedEvent[] Events(long first, int count, EventKind kind = EventKind.PriceChange) =>
        [.. Enumerable.Range(0, count).Select(i => Event(first + i, kind))];

    /// <summary>A subscriber that wants only what a filter selects.</summary>
    public static Subscription Filtered(EventFilter filter, bool hasPrices = false) =>
        Subscription.Everything with { Filter = filter, Extras = hasPrices ? Extras.Prices : Extras.None };

    /// <summary>A subscriber that wants prices merged.</summary>
    public static Subscription Conflated(int ms = 250) => Subscription.Everything with { Conflate = TimeSpan.FromMilliseconds(ms) };

    /// <summary>A subscriber that wants prices in snapshots.</summary>
    public static readonly Subscription Priced = Subscription.Everything with { Extras = Extras.Prices };

    /// <summary>A price change of an outcome that a filter may look at.</summary>
    public static PriceChange PriceOf(long seq, Game? game = null, string market = "moneyline", string book = "book", decimal? old = 100m,
        decimal? @new = 110m, string outcome = "Home") =>
        new(game ?? Game(), new OutcomeKey(market, book, outcome, null), old, @new, NowMs, seq);

    /// <summary>What the compressed streams of a channel have in common, each with a canary.</summary>
    public static StreamSetup Streams(int allowed = int.MaxValue, Func<MessageInflater>? canary = null) => new(
        FanOut, new StreamAllowance(allowed), PushChannel.Odds, new CompressionCounts(), NullLogger.Instance)
    {
        Canary = canary ?? (() => new MessageInflater()),
    };

    /// <summary>A snapshot in the hands of nobody in particular.</summary>
    public static SnapshotHold Held(ReadOnlySequence<byte> frame = default, SnapshotMemory? memory = null)
    {
        using var room = (memory ?? new SnapshotMemory(SnapshotMemory.DefaultLimit, TimeProvider.System)).TryTake(frame.Length);
        var snapshot = room!.Fill(frame);
        var hold = snapshot.GiveTo(new RecordingSocket());
        snapshot.Release();
        return hold;
    }

    public static FrameBatch Batch(params IReadOnlyList<EncodedEvent> events) => Batch(new FanOutProgress(1, () => { }), events);

    public static FrameBatch Batch(FanOutProgress progress, params IReadOnlyList<EncodedEvent> events) =>
        FrameBatch.Join([.. events], progress);
}
