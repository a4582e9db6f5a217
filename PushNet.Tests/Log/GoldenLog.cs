using System.Globalization;
using System.Text;
using PushNet.Actors.Games;
using PushNet.Actors.Log.Entries;

namespace PushNet.Tests.Log;

/// <summary>
/// A log with every kind of entry and of line, as it is written to the files of <see cref="GoldenLogTests"/>. What an older version wrote
/// is in the files alone, so a change here changes nothing for them.
/// </summary>
internal static class GoldenLog
{
    private const string Teams = "\"home_team\":{\"name\":\"Oslo\",\"abbreviation_pn\":\"OSL\"},\"away_team\":{\"name\":\"Bergen\"}";

    private static readonly LogRules Rules = new(BoardRules.Highest, 3, 6, TimeSpan.FromHours(1), 300);

    private static readonly LogServer Server =
        new("a", "0.3.0", BoardRules.Lowest, BoardRules.Highest, "http://10.0.0.1:8080", 7) { Report = 2, SlotsWanted = 200 };

    /// <summary>The entries, and how many seconds behind the one before each is stored.</summary>
    private static readonly (double After, LogEntry Entry)[] Entries =
    [
        (0, new RulesEntry(1, 1, Rules)),
        (0.2, new ServerEntry(1, Server)),
        (0, new ServerEntry(1, Server with { Report = 1, SlotsWanted = 100 })),
        (0, new ServerEntry(2, Server with { Name = "b" })),
        (0.1, new LinesEntry(1, 2, "key:feeder",
        [
            Line(Game("g1", "unplayed", more: ",\"status_detail\":\"delayed\",\"venue\":\"Ullevaal\",\"broadcast\":\"NRK\"")),
            Line(Game("g2", "live", "{\"score_home\":1,\"score_away\":0,\"period\":\"1H\",\"clock\":\"23\"}")),
            Line(Price("g1", "moneyline", "home", "\"price\":-188")),
            Line(Price("g2", "spread", "home", "\"price\":105,\"points\":-1.5,\"main\":true,\"player_id\":\"p1\"")),
            Line(Price("g2", "moneyline", "away", "\"decimal\":2.05")),
            Line(Price("unknown", "moneyline", "home", "\"price\":100")),
        ])),
        (0.1, new LinesEntry(2, 1, "nats",
        [
            Line(Game("g1", "live", Periods(home: 0))) with { StoredAt = LogGiven.Time - 1000, Rev = Rev.OfStream(11, 7) },
            Line(Price("g1", "moneyline", "home", "\"price\":-200")) with { StoredAt = LogGiven.Time - 900, Rev = Rev.OfStream(12, 7) },
            Line(Price("g1", "moneyline", "home", "\"price\":-210")) with { StoredAt = LogGiven.Time - 950, Rev = Rev.OfStream(13, 7) },
        ])),
        (0.1, new LinesEntry(1, 2, "key:feeder", [Line(Price("g1", "moneyline", "home", "\"price\":-300"))])),
        (0.1, new LinesEntry(1, 4, "key:feeder", [Line(Price("g1", "moneyline", "home", "\"price\":-400"))])),
        (-3, new LinesEntry(1, 3, "key:feeder",
        [
            Line(Game("g1", "live", Periods(home: 2), $",\"ts\":{LogGiven.Time},\"rev\":2")),
            Line(Game("g1", "live", "{\"score_home\":1,\"score_away\":0}", $",\"ts\":{LogGiven.Time},\"rev\":1")),
            Line(Price("g1", "moneyline", "home", $"\"price\":-200,\"ts\":{LogGiven.Time}")),
            Line(Price("g2", "moneyline", "away", "\"price\":null,\"reason\":\"suspended\"")),
            Line("""{"type":"withdraw","game_id":"g1","book":"pinnacle","reason":"settled"}"""),
            Line(Game("g1", "live", "{\"score_home\":2,\"score_away\":0}", $",\"ts\":{LogGiven.Time + 3_600_000}")),
        ])),
        (6, new TickEntry(2)),
        (0.1, new ImageEntry(1, 8)),
        (0.1, new BaseEntry(1, 0)),
        (0.1, new LinesEntry(1, 4, "key:feeder",
        [
            Line(Game("g1", "final", "{\"score_home\":2,\"score_away\":1}", ",\"winner\":\"home\"")),
            Line(Game("g3", "unplayed", more: ",\"pn_slug\":\"no-osl-ber-2026\"")),
            Line(Game("g4", "unplayed", more: ",\"pn_slug\":\"no-osl-ber-2026\",\"status_detail\":\"postponed\"")),
            Line("""{"type":"remove","game_id":"g2"}"""),
            Line(Game("g4", "live", more: ",\"pn_slug\":\"no-osl-ber-2026\"")),
            Line(Game("g4", "live", more: ",\"pn_slug\":\"no-osl-ber-2026\"")),
        ])),
        (0.1, new RemoveEntry(2, 2, "g4")),
        (0.1, new RulesEntry(2, 3, Rules with { MaxGames = 2 })),
        (0.1, new LinesEntry(2, 4, "nats", [Line(Game("g5", "live"))])),
        (0.1, new LeaveEntry(1, "a")),
        (4000, new TickEntry(2)),
        (1, new LinesEntry(1, 1, "key:feeder", [Line(Game("g6", "live"))])),
    ];

    /// <summary>The log.</summary>
    public static IEnumerable<LogMessage> Messages()
    {
        var (sequence, at) = (0L, (double)LogGiven.Time);
        foreach (var (after, entry) in Entries)
        {
            at += after * 1000;
            yield return new LogMessage(++sequence, (long)at, LogEntryCodec.Write(entry));
        }
    }

    /// <summary>A log as text: a message is a line with the time at which it was stored, and its bytes.</summary>
    public static string Write(IEnumerable<LogMessage> log) => string.Concat(
        log.Select(message => string.Create(
            CultureInfo.InvariantCulture, $"{message.StoredAt} {Convert.ToBase64String(message.Payload.Span)}\n")));

    /// <summary>Reads a log back.</summary>
    public static IReadOnlyList<LogMessage> Read(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, i) => new LogMessage(
            i + 1,
            long.Parse(line[..line.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture),
            Convert.FromBase64String(line[line.IndexOf(' ', StringComparison.Ordinal)..]))),
    ];

    private static LogLine Line(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string Game(string id, string status, string scores = "null", string more = "") =>
        $$"""{"type":"game","game_id":"{{id}}","pn_league_code":"no","sport_category":"soccer","start_date":"2025-12-29",{{Teams}},"""
            + $$""" "status":"{{status}}","scores":{{scores}}{{more}}}""";

    private static string Periods(int home) =>
        $$"""{"score_home":{{home}},"score_away":0,"period":"1","periods":[{"name":"1","home":{{home}},"away":0}]}""";

    private static string Price(string game, string type, string outcome, string more) =>
        $$"""{"type":"price","game_id":"{{game}}","pn_market_type":"{{type}}","book":"pinnacle","outcome":"{{outcome}}",{{more}}}""";
}
