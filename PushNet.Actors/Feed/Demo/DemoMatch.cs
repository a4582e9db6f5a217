using System.Text.Json;

namespace PushNet.Actors.Feed.Demo;

/// <summary>A recorded match. The recording includes the five minutes before it begins.</summary>
/// <param name="Name">What its game ids begin with.</param>
/// <param name="Moments">Its observations in order of time.</param>
internal sealed record DemoMatch(string Name, IReadOnlyList<DemoMoment> Moments)
{
    private const string Folder = "Feed.Demo.Matches.";
    private const string Extension = ".ndjson";

    /// <summary>When the match itself begins.</summary>
    public TimeSpan Start => Moments.First(moment => moment.Status is "live").At;

    /// <summary>When it is over.</summary>
    public TimeSpan End => Moments[^1].At;

    /// <summary>Reads all matches of this assembly, in order of their names.</summary>
    public static IReadOnlyList<DemoMatch> LoadAll()
    {
        var assembly = typeof(DemoMatch).Assembly;
        return [.. from resource in assembly.GetManifestResourceNames()
                   where resource.Contains(Folder, StringComparison.Ordinal)
                   orderby resource
                   let name = resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..^Extension.Length]
                   select Load(name, assembly.GetManifestResourceStream(resource)!)];
    }

    private static DemoMatch Load(string name, Stream resource)
    {
        using var reader = new StreamReader(resource);
        var moments = new List<DemoMoment>();
        (int Home, int Away, double? Left) last = (-1, -1, null);
        while (reader.ReadLine() is { } line)
        {
            var json = JsonElement.Parse(line);
            var category = json.GetProperty("sport_category").GetString()!;
            var sport = Sport.Of(category);
            var status = json.GetProperty("status").GetString()!;
            var scores = json.GetProperty("scores");
            var (home, away) = (Points(scores, "score_home"), Points(scores, "score_away"));
            var left = status is "final"
                ? null : GameClock.Left(category, scores.GetProperty("period").GetString(), scores.GetProperty("clock").GetString());
            if (left is not null && sport.IsScoredByPeriod && (home, away) == (last.Home, last.Away))
                left = last.Left;
            last = (home, away, left);
            moments.Add(new DemoMoment(
                TimeSpan.FromSeconds(json.GetProperty("at").GetDouble()), json, status, home, away,
                left is { } share ? OddsModel.At(sport, home, away, share) : null));
        }

        return new DemoMatch(name, moments);
    }

    private static int Points(JsonElement scores, string side) =>
        scores.GetProperty(side) is { ValueKind: JsonValueKind.Number } points ? points.GetInt32() : 0;
}
