// Written from /asyncapi.json by ClientTypesTests. What the server sends: docs/protocol.md explains it.
using System.Text.Json.Serialization;

namespace PushNet.Client;

/// <summary>One side of a game.</summary>
public sealed record Team
{
    /// <summary>Full name.</summary>
    public required string Name { get; init; }

    /// <summary>City.</summary>
    public string? City { get; init; }

    /// <summary>Nickname.</summary>
    public string? Mascot { get; init; }

    /// <summary>Short code.</summary>
    public string? AbbreviationPn { get; init; }

    /// <summary>Address of a logo.</summary>
    public string? Logo { get; init; }
}

/// <summary>The score of one quarter, half, inning, set or shoot-out.</summary>
public sealed record PeriodScore
{
    /// <summary>As the source wrote it.</summary>
    public required string Name { get; init; }

    /// <summary>Points of the home side in it.</summary>
    public long? Home { get; init; }

    /// <summary>Points of the visitors in it.</summary>
    public long? Away { get; init; }
}

/// <summary>The score and what surrounds it.</summary>
public sealed record Scores
{
    /// <summary>The game's status, capitalized: Unplayed, Live, Final.</summary>
    public required string Status { get; init; }

    /// <summary>Points of the home side.</summary>
    public long? ScoreHome { get; init; }

    /// <summary>Points of the visitors.</summary>
    public long? ScoreAway { get; init; }

    /// <summary>Period: 2H, 3.</summary>
    public string? Period { get; init; }

    /// <summary>Clock: 94, 03:42.</summary>
    public string? Clock { get; init; }

    /// <summary>True while the game is being played.</summary>
    public required bool IsLive { get; init; }

    /// <summary>As the source wrote it.</summary>
    public string? LastPlay { get; init; }

    /// <summary>As the source wrote it.</summary>
    public string? CurrentDownAndDistance { get; init; }

    /// <summary>As the source wrote it.</summary>
    public string? Weather { get; init; }

    /// <summary>As the source wrote it.</summary>
    public string? WeatherTemp { get; init; }

    /// <summary>As the source wrote it.</summary>
    public string? WeatherTempHigh { get; init; }

    /// <summary>As the source wrote it.</summary>
    public string? HomeStarter { get; init; }

    /// <summary>As the source wrote it.</summary>
    public string? AwayStarter { get; init; }

    /// <summary>The score by period, in order.</summary>
    public IReadOnlyList<PeriodScore>? Periods { get; init; }
}

/// <summary>A game.</summary>
public record Game
{
    /// <summary>The feed's id of the game.</summary>
    public required string GameId { get; init; }

    /// <summary>Readable id: {league}-{away}-{home}-{date}.</summary>
    public string? PnSlug { get; init; }

    /// <summary>League code.</summary>
    public required string PnLeagueCode { get; init; }

    /// <summary>Sport.</summary>
    public required string SportCategory { get; init; }

    /// <summary>Scheduled start, ISO 8601 in UTC.</summary>
    public required string StartDate { get; init; }

    /// <summary>Where the game is in its life: unplayed, live, final.</summary>
    public required string Status { get; init; }

    /// <summary>Stadium or hall.</summary>
    public string? Venue { get; init; }

    /// <summary>Who broadcasts it.</summary>
    public string? Broadcast { get; init; }

    /// <summary>HomeTeam.</summary>
    public required Team HomeTeam { get; init; }

    /// <summary>AwayTeam.</summary>
    public required Team AwayTeam { get; init; }

    /// <summary>Scores.</summary>
    public required Scores Scores { get; init; }

    /// <summary>
    /// What has become of a game that does not go as planned:
    /// postponed, delayed, suspended, abandoned, cancelled, awarded, walkover, retired.
    /// </summary>
    public string? StatusDetail { get; init; }

    /// <summary>Who won: home, away, draw.</summary>
    public string? Winner { get; init; }

    /// <summary>When a source confirmed it last; over HTTP and with seen=1 only, in milliseconds since 1970.</summary>
    public long? Seen { get; init; }
}

/// <summary>The price of an outcome.</summary>
public sealed record Outcome
{
    /// <summary>The bookmaker.</summary>
    public required string Book { get; init; }

    /// <summary>The side, or the player.</summary>
    [JsonPropertyName("outcome")]
    public required string Name { get; init; }

    /// <summary>American odds.</summary>
    public required decimal Price { get; init; }

    /// <summary>Handicap or total.</summary>
    public decimal? Points { get; init; }

    /// <summary>The player's id.</summary>
    public string? PlayerId { get; init; }

    /// <summary>When the price became what it is, in milliseconds since 1970.</summary>
    public required long Ts { get; init; }

    /// <summary>True when it is of the main line among many.</summary>
    public bool Main { get; init; }

    /// <summary>When a source confirmed it last; over HTTP and with seen=1 only, in milliseconds since 1970.</summary>
    public long? Seen { get; init; }
}

/// <summary>A game of a snapshot.</summary>
public sealed record SnapshotGame : Game
{
    /// <summary>Markets.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Outcome>>? Markets { get; init; }
}

/// <summary>The filter in force.</summary>
public sealed record Filter
{
    /// <summary>One of these values must match.</summary>
    public IReadOnlyList<string>? League { get; init; }

    /// <summary>One of these values must match.</summary>
    public IReadOnlyList<string>? Sport { get; init; }

    /// <summary>One of these values must match.</summary>
    public IReadOnlyList<string>? Game { get; init; }

    /// <summary>One of these values must match.</summary>
    public IReadOnlyList<string>? Book { get; init; }

    /// <summary>One of these values must match.</summary>
    public IReadOnlyList<string>? Market { get; init; }
}

/// <summary>The first frame.</summary>
public sealed record WelcomeFrame() : Frame("welcome")
{
    /// <summary>The channel: live, odds.</summary>
    public required string Channel { get; init; }

    /// <summary>Number of the connection in this server process, from 1.</summary>
    public required long ConnId { get; init; }

    /// <summary>A greeting.</summary>
    public required string Message { get; init; }

    /// <summary>The filter in force.</summary>
    public Filter? Filter { get; init; }

    /// <summary>Snapshots carry prices: snapshot.</summary>
    public string? Prices { get; init; }

    /// <summary>Milliseconds over which prices are merged.</summary>
    public long? Conflate { get; init; }

    /// <summary>How seq grows when prices are merged.</summary>
    public string? Order { get; init; }

    /// <summary>1: updates that tell only what surrounds the score come too.</summary>
    public long? Details { get; init; }

    /// <summary>Snapshots hold the games that are not live, too: all.</summary>
    public string? Games { get; init; }

    /// <summary>permessage-deflate is in force: shared.</summary>
    public string? Compression { get; init; }
}

/// <summary>All live games, or all games with games=all: the second frame, which comes again after a loss.</summary>
public sealed record SnapshotFrame() : NumberedFrame("snapshot")
{
    /// <summary>The channel: live, odds.</summary>
    public required string Channel { get; init; }

    /// <summary>How many games.</summary>
    public required long Count { get; init; }

    /// <summary>The games.</summary>
    public required IReadOnlyList<SnapshotGame> Games { get; init; }
}

/// <summary>A game is seen for the first time.</summary>
public sealed record NewGameFrame() : NumberedFrame("new_game")
{
    /// <summary>The feed's id of the game.</summary>
    public required string GameId { get; init; }

    /// <summary>Readable id: {league}-{away}-{home}-{date}.</summary>
    public string? PnSlug { get; init; }

    /// <summary>League code.</summary>
    public required string PnLeagueCode { get; init; }

    /// <summary>Game.</summary>
    public required Game Game { get; init; }
}

/// <summary>
/// Teams, start, slug, venue, broadcast, detail of the status or winner changed; with details=1 also what surrounds the score.
/// </summary>
public sealed record GameUpdateFrame() : NumberedFrame("game_update")
{
    /// <summary>The feed's id of the game.</summary>
    public required string GameId { get; init; }

    /// <summary>Readable id: {league}-{away}-{home}-{date}.</summary>
    public string? PnSlug { get; init; }

    /// <summary>League code.</summary>
    public required string PnLeagueCode { get; init; }

    /// <summary>Game.</summary>
    public required Game Game { get; init; }
}

/// <summary>Score, period or clock changed.</summary>
public sealed record ScoreChangeFrame() : NumberedFrame("score_change")
{
    /// <summary>The feed's id of the game.</summary>
    public required string GameId { get; init; }

    /// <summary>Readable id: {league}-{away}-{home}-{date}.</summary>
    public string? PnSlug { get; init; }

    /// <summary>League code.</summary>
    public required string PnLeagueCode { get; init; }

    /// <summary>Points of the home side.</summary>
    public long? ScoreHome { get; init; }

    /// <summary>Points of the visitors.</summary>
    public long? ScoreAway { get; init; }

    /// <summary>Period: 2H, 3.</summary>
    public string? Period { get; init; }

    /// <summary>Clock: 94, 03:42.</summary>
    public string? Clock { get; init; }

    /// <summary>The score by period, in order.</summary>
    public IReadOnlyList<PeriodScore>? Periods { get; init; }
}

/// <summary>The game moved between unplayed, live and final, in any direction.</summary>
public sealed record StatusChangeFrame() : NumberedFrame("status_change")
{
    /// <summary>The feed's id of the game.</summary>
    public required string GameId { get; init; }

    /// <summary>Readable id: {league}-{away}-{home}-{date}.</summary>
    public string? PnSlug { get; init; }

    /// <summary>League code.</summary>
    public required string PnLeagueCode { get; init; }

    /// <summary>Status before: unplayed, live, final.</summary>
    public required string OldStatus { get; init; }

    /// <summary>Status now: unplayed, live, final.</summary>
    public required string NewStatus { get; init; }

    /// <summary>Game.</summary>
    public required Game Game { get; init; }
}

/// <summary>The game is over.</summary>
public sealed record GameFinalFrame() : NumberedFrame("game_final")
{
    /// <summary>The feed's id of the game.</summary>
    public required string GameId { get; init; }

    /// <summary>Readable id: {league}-{away}-{home}-{date}.</summary>
    public string? PnSlug { get; init; }

    /// <summary>League code.</summary>
    public required string PnLeagueCode { get; init; }

    /// <summary>Points of the home side.</summary>
    public long? ScoreHome { get; init; }

    /// <summary>Points of the visitors.</summary>
    public long? ScoreAway { get; init; }

    /// <summary>Period: 2H, 3.</summary>
    public string? Period { get; init; }

    /// <summary>Clock: 94, 03:42.</summary>
    public string? Clock { get; init; }
}

/// <summary>The price of an outcome changed, or whether it is of the main line.</summary>
public sealed record PriceChangeFrame() : NumberedFrame("price_change")
{
    /// <summary>The feed's id of the game.</summary>
    public required string GameId { get; init; }

    /// <summary>Readable id: {league}-{away}-{home}-{date}.</summary>
    public string? PnSlug { get; init; }

    /// <summary>League code.</summary>
    public required string PnLeagueCode { get; init; }

    /// <summary>Market type.</summary>
    public required string PnMarketType { get; init; }

    /// <summary>The bookmaker.</summary>
    public required string Book { get; init; }

    /// <summary>The side, or the player.</summary>
    public required string Outcome { get; init; }

    /// <summary>American odds before; null for a first price.</summary>
    public decimal? OldPrice { get; init; }

    /// <summary>American odds now; null when withdrawn.</summary>
    public decimal? NewPrice { get; init; }

    /// <summary>Handicap or total.</summary>
    public decimal? Points { get; init; }

    /// <summary>Why the outcome was withdrawn: suspended, settled.</summary>
    public string? Reason { get; init; }

    /// <summary>True when the outcome is of the main line among many.</summary>
    public bool Main { get; init; }
}

/// <summary>The prices of a game that goes live, in place of those held; only with prices=snapshot, and without games=all.</summary>
public sealed record MarketsFrame() : NumberedFrame("markets")
{
    /// <summary>The feed's id of the game.</summary>
    public required string GameId { get; init; }

    /// <summary>Markets.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Outcome>> Markets { get; init; }
}

/// <summary>The game left the board; only with games=all.</summary>
public sealed record GameRemovedFrame() : NumberedFrame("game_removed")
{
    /// <summary>The feed's id of the game.</summary>
    public required string GameId { get; init; }

    /// <summary>Readable id: {league}-{away}-{home}-{date}.</summary>
    public string? PnSlug { get; init; }

    /// <summary>League code.</summary>
    public required string PnLeagueCode { get; init; }
}

/// <summary>Events were dropped because the client was too slow.</summary>
public sealed record LaggedFrame() : NumberedFrame("lagged")
{
    /// <summary>How many events were dropped.</summary>
    public required long Dropped { get; init; }

    /// <summary>The same count for each type of event.</summary>
    public required IReadOnlyDictionary<string, long> DroppedByType { get; init; }
}

/// <summary>A source whose data may be old.</summary>
public sealed record StaleFeed
{
    /// <summary>The feed's name; http for the keys that send over HTTP.</summary>
    public required string Name { get; init; }

    /// <summary>stale: silent for too long; failing: it broke, and is tried again: stale, failing.</summary>
    public required string State { get; init; }

    /// <summary>When it last sent something; null if it never did, in milliseconds since 1970.</summary>
    public long? LastObservationMs { get; init; }
}

/// <summary>Sources went stale, or came back; only with details=1.</summary>
public sealed record FeedFrame() : Frame("feed")
{
    /// <summary>These sources; none: all are fresh again.</summary>
    public required IReadOnlyList<StaleFeed> Stale { get; init; }

    /// <summary>When the server noticed it, in milliseconds since 1970.</summary>
    public required long Ts { get; init; }
}

/// <summary>The answer to a ping message.</summary>
public sealed record PongFrame() : Frame("pong")
{
    /// <summary>The server's time, in milliseconds since 1970.</summary>
    public required long Ts { get; init; }
}

/// <summary>A message was not understood.</summary>
public sealed record ErrorFrame() : Frame("error")
{
    /// <summary>What is wrong.</summary>
    public required string Error { get; init; }
}

/// <summary>The server closes with 1012 next.</summary>
public sealed record ReconnectFrame() : Frame("reconnect")
{
    /// <summary>Wait this many milliseconds from the close before connecting again.</summary>
    public required long AfterMs { get; init; }

    /// <summary>Why the server closes.</summary>
    public required string Reason { get; init; }
}

/// <summary>How each type is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WelcomeFrame))]
[JsonSerializable(typeof(SnapshotFrame))]
[JsonSerializable(typeof(NewGameFrame))]
[JsonSerializable(typeof(GameUpdateFrame))]
[JsonSerializable(typeof(ScoreChangeFrame))]
[JsonSerializable(typeof(StatusChangeFrame))]
[JsonSerializable(typeof(GameFinalFrame))]
[JsonSerializable(typeof(PriceChangeFrame))]
[JsonSerializable(typeof(MarketsFrame))]
[JsonSerializable(typeof(GameRemovedFrame))]
[JsonSerializable(typeof(LaggedFrame))]
[JsonSerializable(typeof(FeedFrame))]
[JsonSerializable(typeof(PongFrame))]
[JsonSerializable(typeof(ErrorFrame))]
[JsonSerializable(typeof(ReconnectFrame))]
internal sealed partial class FrameJson : JsonSerializerContext
{
    /// <summary>Reads a frame of a type that is known; null for others.</summary>
    public static Frame? Read(string type, ReadOnlySpan<byte> utf8) => type switch
    {
        "welcome" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.WelcomeFrame),
        "snapshot" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.SnapshotFrame),
        "new_game" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.NewGameFrame),
        "game_update" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.GameUpdateFrame),
        "score_change" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.ScoreChangeFrame),
        "status_change" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.StatusChangeFrame),
        "game_final" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.GameFinalFrame),
        "price_change" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.PriceChangeFrame),
        "markets" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.MarketsFrame),
        "game_removed" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.GameRemovedFrame),
        "lagged" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.LaggedFrame),
        "feed" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.FeedFrame),
        "pong" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.PongFrame),
        "error" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.ErrorFrame),
        "reconnect" => System.Text.Json.JsonSerializer.Deserialize(utf8, Default.ReconnectFrame),
        _ => null,
    };
}
