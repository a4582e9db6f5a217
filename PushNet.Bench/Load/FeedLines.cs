using System.Globalization;

namespace PushNet.Bench.Load;

/// <summary>What the feed says. Every line causes exactly one event. The sequence is the same for every run.</summary>
internal sealed class FeedLines(LoadOptions options)
{
    /// <summary>The league of all games.</summary>
    public const string League = "nba";

    private const int OutcomesPerGame = 10;

    // Makes an encoded price change about 360 bytes, the size of a real one.
    private static readonly string Padding = new('x', 64);

    private readonly Moves _moves = new(options.Games * OutcomesPerGame, options.Skew);

    /// <summary>A line for each game, which puts it on the board.</summary>
    public IEnumerable<string> Games => Enumerable.Range(0, options.Games).Select(game => Game(game, -1));

    /// <summary>The next line: a score, or a price.</summary>
    /// <param name="index">How many lines came before.</param>
    public string Next(long index) =>
        index % 1000 < options.ScoreShare * 1000 ? Game((int)(index % options.Games), index) : NextPrice();

    /// <summary>The next price.</summary>
    public string NextPrice() => Price(_moves.Next());

    private static string Game(int game, long index) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {"type":"game","game_id":"bench-game-{{{game}}}","pn_slug":"nba-away-home-{{{game}}}","pn_league_code":"{{{League}}}",
        "sport_category":"basketball","start_date":"2026-01-01T00:00:00Z","status":"live","venue":"{{{Padding}}}",
        "home_team":{"name":"Home Team {{{game}}}","city":"Home City"},"away_team":{"name":"Away Team {{{game}}}","city":"Away City"},
        "scores":{"score_home":{{{index + 1}}},"score_away":0,"period":"3","clock":"07:12"}}
        """).ReplaceLineEndings("");

    private string Price((int Outcome, int Price) move) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {"type":"price","game_id":"bench-game-{{{move.Outcome % options.Games}}}","pn_market_type":"player_points_{{{Padding}}}",
        "book":"book-{{{move.Outcome / options.Games}}}","outcome":"Shai Gilgeous-Alexander over","points":27.5,"price":{{{move.Price}}}}
        """).ReplaceLineEndings("");
}
