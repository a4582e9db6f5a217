using System.Globalization;

namespace PushNet.Tests.EndToEnd;

/// <summary>Observations as a feed would send them.</summary>
internal static class Lines
{
    public static string Game(
        string id, string status = "live", int home = 0, int away = 0, string period = "1", string clock = "00:00") => $$$"""
        {"type":"game","game_id":"{{{id}}}","pn_slug":"nba-away-home-{{{id}}}","pn_league_code":"nba","sport_category":"basketball",
        "start_date":"2026-01-01T00:00:00Z","status":"{{{status}}}","home_team":{"name":"Home"},"away_team":{"name":"Away"},
        "scores":{"score_home":{{{home}}},"score_away":{{{away}}},"period":"{{{period}}}","clock":"{{{clock}}}"}}
        """.ReplaceLineEndings("");

    public static string Price(string gameId, decimal price, string outcome = "home", string book = "book") => $$$"""
        {"type":"price","game_id":"{{{gameId}}}","pn_market_type":"moneyline","book":"{{{book}}}","outcome":"{{{outcome}}}","points":null,
        "price":{{{price.ToString(CultureInfo.InvariantCulture)}}}}
        """.ReplaceLineEndings("");

    /// <summary>Price lines that each change a price, as many as asked for.</summary>
    public static IEnumerable<string> MovingPrices(string gameId, int count, int from = 0) =>
        Enumerable.Range(from, count).Select(i => Price(gameId, 100 + (i % 2) + (i / 2 % 500), outcome: $"outcome-{i % 7}"));
}
