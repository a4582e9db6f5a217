using System.Collections.Frozen;

namespace PushNet.Web.Rest;

/// <summary>What leagues are called. Sources send codes only.</summary>
internal static class LeagueNames
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["bundesliga"] = "Bundesliga",
        ["epl"] = "English Premier League",
        ["fifa-womens-world-cup"] = "FIFA Women's World Cup",
        ["fifa-world-cup"] = "FIFA World Cup",
        ["la-liga"] = "La Liga",
        ["ligue-1"] = "Ligue 1",
        ["mlb"] = "Major League Baseball",
        ["mls"] = "Major League Soccer",
        ["nba"] = "National Basketball Association",
        ["ncaab"] = "NCAA Basketball",
        ["ncaaf"] = "NCAA Football",
        ["nfl"] = "National Football League",
        ["nhl"] = "National Hockey League",
        ["serie-a"] = "Serie A",
        ["uefa-champions-league"] = "UEFA Champions League",
        ["uefa-europa-league"] = "UEFA Europa League",
        ["wnba"] = "Women's National Basketball Association",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The league's name; where it is not known, its code.</summary>
    public static string Of(string code) => Names.GetValueOrDefault(code, code);
}
