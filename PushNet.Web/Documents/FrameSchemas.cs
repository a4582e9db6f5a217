using System.Text.Json.Nodes;
using PushNet.Actors.Games;
using static PushNet.Web.Documents.JsonSchema;

namespace PushNet.Web.Documents;

/// <summary>Every frame that the server sends (docs/protocol.md#frames), by its <c>type</c>, and what clients may send.</summary>
internal static class FrameSchemas
{
    /// <summary>By type, in the order in which a client meets them.</summary>
    public static IReadOnlyList<(string Type, JsonObject Schema)> All =>
    [
        Frame(
            "welcome",
            "The first frame",
            Channel,
            new("conn_id", Integer("Number of the connection in this server process, from 1")),
            new("message", String("A greeting")),
            new("filter", Filter, IsOptional: true),
            new("prices", OneOf("Snapshots carry prices", "snapshot"), IsOptional: true),
            new("conflate", Integer("Milliseconds over which prices are merged"), IsOptional: true),
            new("order", String("How seq grows when prices are merged"), IsOptional: true),
            new("details", Integer("1: updates that tell only what surrounds the score come too"), IsOptional: true),
            new("games", OneOf("Snapshots hold the games that are not live, too", "all"), IsOptional: true),
            new("compression", OneOf("permessage-deflate is in force", "shared"), IsOptional: true)),
        Frame(
            "snapshot",
            "All live games, or all games with games=all: the second frame, which comes again after a loss",
            Channel,
            new("ts", EpochMs("When the snapshot was taken")),
            new("count", Integer("How many games")),
            new("games", ArrayOf(Ref("SnapshotGame"), "The games")),
            new("seq", Integer("Number of the last event before the snapshot"))),
        Delta("new_game", "A game is seen for the first time", new Field("game", Ref("Game"))),
        Delta(
            "game_update",
            "Teams, start, slug, venue, broadcast, detail of the status or winner changed; with details=1 also what surrounds the score",
            new Field("game", Ref("Game"))),
        Delta("score_change", "Score, period or clock changed", [.. BoardSchemas.ScoreFields, BoardSchemas.Periods]),
        Delta(
            "status_change",
            "The game moved between unplayed, live and final, in any direction",
            new Field("old_status", BoardSchemas.Status("Status before")),
            new Field("new_status", BoardSchemas.Status("Status now")),
            new Field("game", Ref("Game"))),
        Delta("game_final", "The game is over", BoardSchemas.ScoreFields),
        Delta(
            "price_change",
            "The price of an outcome changed, or whether it is of the main line",
            new Field("pn_market_type", String("Market type")),
            new Field("book", String("The bookmaker")),
            new Field("outcome", String("The side, or the player")),
            new Field("old_price", OrNull(Number("American odds before; null for a first price"))),
            new Field("new_price", OrNull(Number("American odds now; null when withdrawn"))),
            new Field("points", OrNull(Number("Handicap or total"))),
            new Field("reason", OneOf("Why the outcome was withdrawn", [.. Words<WithdrawalReason>.All]), IsOptional: true),
            new Field("main", Boolean("True when the outcome is of the main line among many"), IsOptional: true)),
        Frame(
            "markets",
            "The prices of a game that goes live, in place of those held; only with prices=snapshot, and without games=all",
            new("game_id", String("The feed's id of the game")),
            new("markets", Ref("Markets")),
            new("ts", EpochMs("When the source saw it, or when the server did if the source gave no time")),
            new("seq", Integer("Number of the newest event before it; ignore later prices of the game up to it"))),
        Delta("game_removed", "The game left the board; only with games=all", isNumbered: false),
        Frame(
            "lagged",
            "Events were dropped because the client was too slow",
            new("dropped", Integer("How many events were dropped")),
            new("dropped_by_type", MapOf(Integer("How many events of this type"), "The same count for each type of event")),
            new("ts", EpochMs("When the server told it")),
            new("seq", Integer("Number of the newest event that was dropped"))),
        Frame(
            "feed",
            "Sources went stale, or came back; only with details=1",
            new("stale", ArrayOf(
                Object(
                    "A source whose data may be old",
                    new("name", String("The feed's name; http for the keys that send over HTTP")),
                    new("state", OneOf("stale: silent for too long; failing: it broke, and is tried again", "stale", "failing")),
                    new("last_observation_ms", OrNull(EpochMs("When it last sent something; null if it never did")))),
                "These sources; none: all are fresh again")),
            new("ts", EpochMs("When the server noticed it"))),
        Frame("pong", "The answer to a ping message", new Field("ts", EpochMs("The server's time"))),
        Frame("error", "A message was not understood", new Field("error", String("What is wrong"))),
        Frame(
            "reconnect",
            "The server closes with 1012 next",
            new("after_ms", Integer("Wait this many milliseconds from the close before connecting again")),
            new("reason", String("Why the server closes"))),
    ];

    /// <summary>The types that only <c>/ws/odds</c> carries.</summary>
    public static bool IsForOddsOnly(string type) => type is "price_change" or "markets";

    /// <summary>The types that answer what a client sent.</summary>
    public static bool IsAnswer(string type) => type is "pong" or "error";

    /// <summary>What a client may send.</summary>
    public static JsonObject Ping => Object("Asks for a pong", new Field("type", OneOf("The type", "ping")));

    /// <summary>The name of a frame's schema.</summary>
    public static string NameOf(string type) =>
        $"{string.Concat(type.Split('_').Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}"))}Frame";

    private static Field Channel => new("channel", OneOf("The channel", "live", "odds"));

    private static JsonObject Filter => Object(
        "The filter in force",
        new[] { "league", "sport", "game", "book", "market" }
            .Select(key => new Field(key, ArrayOf(String("A value"), "One of these values must match"), IsOptional: true)));

    private static (string Type, JsonObject Schema) Delta(string type, string description, params IEnumerable<Field> fields) =>
        Delta(type, description, isNumbered: true, fields);

    private static (string Type, JsonObject Schema) Delta(
        string type, string description, bool isNumbered, params IEnumerable<Field> fields) => Frame(
        type,
        description,
        [
            .. BoardSchemas.Identity,
            .. fields,
            new("ts", EpochMs("When the source saw it, or when the server did if the source gave no time")),
            new("seq", Integer(isNumbered ? "Number of the event" : "Number of the newest event before it")),
        ]);

    private static (string Type, JsonObject Schema) Frame(string type, string description, params IEnumerable<Field> fields) =>
        (type, Object(description, [new("type", OneOf("The type of frame", type)), .. fields]));
}
