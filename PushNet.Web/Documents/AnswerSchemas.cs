using System.Text.Json.Nodes;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using static PushNet.Web.Documents.JsonSchema;

namespace PushNet.Web.Documents;

/// <summary>Every answer over HTTP (docs/protocol.md#rest, docs/feeding.md#the-answer).</summary>
internal static class AnswerSchemas
{
    public const string Error = "Error";
    public const string Refused = "Refused";
    public const string ShareUsedUp = "ShareUsedUp";
    public const string Health = "Health";
    public const string Sports = "Sports";
    public const string Leagues = "Leagues";
    public const string LeagueGames = "LeagueGames";
    public const string LeagueScores = "LeagueScores";
    public const string LeagueMarkets = "LeagueMarkets";
    public const string LiveGames = "LiveGames";
    public const string FoundGames = "FoundGames";
    public const string GameMarkets = "GameMarkets";
    public const string GameScores = "GameScores";
    public const string IngestSummary = "IngestSummary";
    public const string IngestEnded = "IngestEnded";
    public const string IngestAck = "IngestAck";

    public static IEnumerable<(string Name, JsonObject Schema)> All =>
    [
        (Error, Object("What is wrong", new Field("error", String("A sentence")))),
        (Refused, Object(
            "The server is full, or there were too many failures",
            new Field("error", String("A sentence")),
            new Field("limit", Integer("The cap in force")),
            RetryAfter)),
        (ShareUsedUp, Object(
            "The key or the address has as many connections, requests or ingest bodies as it may have",
            new Field("error", String("A sentence")),
            new Field("limit", Integer("The cap of the key or the address")),
            new Field("open", Integer("How many it has open")),
            RetryAfter)),
        (Health, Object(
            "The state of the server",
            new Field("status", OneOf(
                "Whether something is wrong, in which case sockets stay open; or whether this server waits for the database of another one",
                "ok", "degraded", "standby")),
            new Field("games", Integer("Games known")),
            new Field("live", Integer("Games being played")),
            new Field("connections", Integer("Open connections of both channels")),
            new Field("feed", MapOf(Feed, "The sources, by name")),
            new Field(
                "degraded", ArrayOf(String("What is wrong"), "A sentence for each thing that is wrong; empty while the status is ok")),
            new Field("silent_live", Integer("Live games of which nothing was heard for the retention time")),
            new Field("max_connections", Integer("The cap in force")),
            new Field("warning", OrNull(String("Why the cap is lower than configured; null when it is not"))),
            new Field("tcp_connections", Integer("Open TCP connections of the public addresses, whatever they are for")),
            new Field("max_tcp_connections", OrNull(Integer("The cap on these, from the open-file limit; null when there is none"))),
            new Field("evicted", Integer("Connections without a request that were closed at that cap to make room, since the start")),
            new Field("games_evicted", Integer("Games that left the full board for games that came live, since the start"),
                IsOptional: true),
            new Field("log", Log, IsOptional: true))),
        (Sports, List("The sports on the board", "sports", Object(
            "A sport", [new("sport_category", String("Sport")), .. Counts]))),
        (Leagues, List("The leagues on the board", "leagues", Object(
            "A league",
            [
                new("pn_code", String("League code")),
                new("name", String("The league's name, or its code where the name is not known")),
                new("sport_category", String("Sport")),
                .. Counts,
            ]))),
        (LeagueGames, List("The games of a league", "games", Ref("Game"), League)),
        (LeagueMarkets, Object(
            "The prices of a league's games",
            League,
            new Field("count", Integer("How many games")),
            new Field("games", ArrayOf(
                Object(
                    "A game and its prices",
                    BoardSchemas.Identity.ElementAt(0),
                    BoardSchemas.Identity.ElementAt(1),
                    new Field("seen", OrNull(EpochMs("When a source confirmed the game last; null when no source gave a time"))),
                    new Field("markets", Ref("Markets"))),
                "The games of the league")),
            Seq)),
        (LeagueScores, List("The scores of a league's live games", "live", Object(
            "A live game",
            [BoardSchemas.Identity.ElementAt(0), BoardSchemas.Identity.ElementAt(1), .. TeamNames, new("scores", Ref("Scores")),
                .. BoardSchemas.Result]), League)),
        (LiveGames, Object(
            "The live games",
            new Field("count", Integer("How many games")),
            new Field("games", ArrayOf(Ref("Game"), "The live games")),
            Seq)),
        (FoundGames, List("The games that were found", "games", Object(
            "The main facts of a game",
            [.. BoardSchemas.Identity, new("sport_category", String("Sport")), .. TeamNames,
                new("start_date", String("Scheduled start, ISO 8601 in UTC")),
                new("status", BoardSchemas.Status("Where the game is in its life")),
                new("is_live", Boolean("True while the game is being played")),
                new("score", OrNull(String("Both scores, home first: 102-99"))),
                .. BoardSchemas.ScoreFields.TakeLast(2), .. BoardSchemas.Result]), new Field("query", String("What was searched for")))),
        (GameMarkets, Object(
            "A game and its prices",
            new Field("game", Ref("Game")),
            new Field("market_count", Integer("Market types in this answer")),
            new Field("outcome_count", Integer("Outcomes in this answer")),
            new Field("markets", Ref("Markets")),
            Seq)),
        (GameScores, Object(
            "The score of a game",
            [
                .. BoardSchemas.Identity,
                .. TeamNames,
                new("status", BoardSchemas.Status("Where the game is in its life")),
                new("scores", Ref("Scores")),
                .. BoardSchemas.Result,
            ])),
        (IngestSummary, Object("What became of the lines", [.. Summary, Warnings])),
        (IngestEnded, Object(
            "What became of the lines of a body that was ended early",
            [
                .. Summary,
                new("status",
                    Integer("400: the body could not be decoded; 401: its key is no longer good; 503: observations can't be written")),
                new("error", String("Why the body was ended")),
                Warnings,
            ])),
        (IngestAck,
            Object("How far the body is acknowledged", [new("acked", Integer("Number of the last line that is done")), .. Verdicts])),
    ];

    private static Field RetryAfter =>
        new("retry_after_ms", Integer("Come back after this many milliseconds; every client gets a different number"));

    private static Field League => new("league", String("The league code that was asked for"));

    private static Field Seq =>
        new("seq", Integer("Number of the last event that the answer shows; apply only events with a larger number"));

    private static IEnumerable<Field> TeamNames =>
        [new("home_team", String("Name of the home side")), new("away_team", String("Name of the visitors"))];

    private static IEnumerable<Field> Counts => [new("live_count", Integer("Games being played")), new("game_count", Integer("Games"))];

    private static IEnumerable<Field> Verdicts =>
    [
        new("applied", Integer("The board changed")),
        new("unchanged", Integer("The board already had it")),
        new("stale", Integer("Older than what is known")),
        new("rejected", Integer("Refused with an error")),
    ];

    private static IEnumerable<Field> Summary =>
    [
        new("lines", Integer("Lines that were read")),
        .. Verdicts,
        new("errors", ArrayOf(
            Object("A rejected line", new Field("line", Integer("Its number")), new Field("error", String("Why it was rejected"))),
            "The first 100 rejected lines")),
    ];

    private static Field Warnings => new(
        "warnings",
        ArrayOf(
            Object("An accepted line", new Field("line", Integer("Its number")),
                new Field("warning", String("What its sender should know"))),
            "The first 100 accepted lines of which there is something to say"),
        IsOptional: true);

    private static JsonObject Feed => Object(
        "A source",
        [
            new("kind", String("The kind of source")),
            new("state", OneOf("The state of the source", [.. Words<SourceState>.All])),
            new("last_observation_ms", OrNull(EpochMs("When it last sent a line; null before the first"))),
            new("rate", Number("Lines per second, over the last ten seconds")),
            .. Verdicts,
            new("lag", OrNull(Integer("Messages that wait at the source; null where that is not known"))),
            new("failures", Integer("Times it failed and was started again")),
            new("parked", Integer("Messages that were rejected and parked in a stream for them"), IsOptional: true),
            new("lost", Integer("Messages that were rejected and could not be parked"), IsOptional: true),
        ]);

    private static JsonObject Log => Object(
        "How far this server has read the log that it shares with others",
        new Field("state", OneOf("Where it stands", [.. Words<LogStanding>.All])),
        new Field("seq", Integer("The number of the last event")),
        new Field("message", Integer("The last message of the log that it applied")),
        new Field("behind_ms", Integer("Milliseconds that the log took to bring the last message that this server sent to it")));

    private static JsonObject List(string description, string name, JsonObject item, params IEnumerable<Field> before) =>
        Object(description, [.. before, new("count", Integer("How many")), new(name, ArrayOf(item, description))]);
}
