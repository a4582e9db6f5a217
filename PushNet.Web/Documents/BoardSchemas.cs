using System.Text.Json.Nodes;
using PushNet.Actors.Games;
using static PushNet.Web.Documents.JsonSchema;

namespace PushNet.Web.Documents;

/// <summary>The objects that frames and answers share (docs/protocol.md#objects).</summary>
internal static class BoardSchemas
{
    public static IEnumerable<(string Name, JsonObject Schema)> All =>
    [
        ("Game", Object("A game", [.. GameFields, Seen])),
        ("SnapshotGame", Object("A game of a snapshot", [.. GameFields, new Field("markets", Ref("Markets"), IsOptional: true)])),
        ("Team", Object(
            "One side of a game",
            new Field("name", String("Full name")),
            new Field("city", OrNull(String("City"))),
            new Field("mascot", OrNull(String("Nickname"))),
            new Field("abbreviation_pn", OrNull(String("Short code"))),
            new Field("logo", OrNull(String("Address of a logo"))))),
        ("Scores", Object(
            "The score and what surrounds it",
            [new Field("status", OneOf("The game's status, capitalized", "Unplayed", "Live", "Final")),
                .. ScoreFields,
                new Field("is_live", Boolean("True while the game is being played")),
                .. new[] { "last_play", "current_down_and_distance", "weather", "weather_temp", "weather_temp_high", "home_starter",
                    "away_starter" }
                    .Select(name => new Field(name, OrNull(String("As the source wrote it")))),
                Periods])),
        ("PeriodScore", Object(
            "The score of one quarter, half, inning, set or shoot-out",
            new Field("name", String("As the source wrote it")),
            new Field("home", OrNull(Integer("Points of the home side in it"))),
            new Field("away", OrNull(Integer("Points of the visitors in it"))))),
        ("Outcome", Object(
            "The price of an outcome",
            new Field("book", String("The bookmaker")),
            new Field("outcome", String("The side, or the player")),
            new Field("price", Number("American odds")),
            new Field("points", OrNull(Number("Handicap or total"))),
            new Field("player_id", OrNull(String("The player's id"))),
            new Field("ts", EpochMs("When the price became what it is")),
            new Field("main", Boolean("True when it is of the main line among many"), IsOptional: true),
            Seen)),
        ("Markets", MapOf(ArrayOf(Ref("Outcome"), "Outcomes of the market"), "By market type, the outcomes that have a price")),
    ];

    private static Field Seen => new("seen", EpochMs("When a source confirmed it last; over HTTP and with seen=1 only"), IsOptional: true);

    /// <summary>What names a game in events and answers.</summary>
    public static IEnumerable<Field> Identity =>
    [
        new("game_id", String("The feed's id of the game")),
        new("pn_slug", OrNull(String("Readable id: {league}-{away}-{home}-{date}"))),
        new("pn_league_code", String("League code")),
    ];

    /// <summary>Score, period and clock.</summary>
    public static IEnumerable<Field> ScoreFields =>
    [
        new("score_home", OrNull(Integer("Points of the home side"))),
        new("score_away", OrNull(Integer("Points of the visitors"))),
        new("period", OrNull(String("Period: 2H, 3"))),
        new("clock", OrNull(String("Clock: 94, 03:42"))),
    ];

    /// <summary>The score by period.</summary>
    public static Field Periods => new("periods", ArrayOf(Ref("PeriodScore"), "The score by period, in order"), IsOptional: true);

    /// <summary>The detail of a game's status, and who won.</summary>
    public static IEnumerable<Field> Result =>
    [
        new("status_detail", OneOf("What has become of a game that does not go as planned", [.. Words<StatusDetail>.All]),
            IsOptional: true),
        new("winner", OneOf("Who won", [.. Words<Winner>.All]), IsOptional: true),
    ];

    /// <summary>Where a game is in its life.</summary>
    public static JsonObject Status(string description) => OneOf(description, "unplayed", "live", "final");

    private static IEnumerable<Field> GameFields =>
    [
        .. Identity,
        new("sport_category", String("Sport")),
        new("start_date", String("Scheduled start, ISO 8601 in UTC")),
        new("status", Status("Where the game is in its life")),
        new("venue", OrNull(String("Stadium or hall"))),
        new("broadcast", OrNull(String("Who broadcasts it"))),
        new("home_team", Ref("Team")),
        new("away_team", Ref("Team")),
        new("scores", Ref("Scores")),
        .. Result,
    ];
}
