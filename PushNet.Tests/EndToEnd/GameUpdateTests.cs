using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>What describes a match reaches every follower, and its details reach those who asked for them.</summary>
public sealed class GameUpdateTests
{
    [Theory]
    [InlineData("live")]
    [InlineData("odds")]
    public async Task Sides_that_are_swapped_and_details_are_told(string channel)
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Line("Albion", "Borough", 2, 1));
        using var plain = await server.JoinAsync(channel);
        using var detailed = await PushClient.JoinAsync(server.Address(channel, $"key={PushServer.Key}&details=1&game=g1"));
        Assert.Equal(1, detailed.Welcome.GetProperty("details").GetInt32());
        Assert.False(plain.Welcome.TryGetProperty("details", out _));

        await server.IngestAsync(
            Line("Borough", "Albion", 1, 2),
            Line("Borough", "Albion", 1, 2, ",\"last_play\":\"corner\""),
            Line("Borough", "Albion", 2, 2, ",\"last_play\":\"goal\""),
            Line("Borough", "Albion", 2, 2, ",\"last_play\":\"goal\"", ",\"status_detail\":\"suspended\""));

        Assert.Equal(
            ["game_update 2 Borough none", "score_change 3", "score_change 4", "game_update 5 Borough goal"],
            await StoryAsync(plain, 4));
        Assert.Equal(
            ["game_update 2 Borough none", "score_change 3", "game_update 3 Borough corner", "score_change 4", "game_update 4 Borough goal",
                "game_update 5 Borough goal"],
            await StoryAsync(detailed, 6));
    }

    private static async Task<List<string>> StoryAsync(PushClient client, int count)
    {
        var story = new List<string>();
        while (story.Count < count)
        {
            var frame = JsonDocument.Parse((await client.ReceiveTextAsync())!).RootElement;
            story.Add(frame.TryGetProperty("game", out var game)
                ? $"{frame.Type()} {frame.Seq()} {game.GetProperty("home_team").GetProperty("name").GetString()} "
                    + (game.GetProperty("scores").GetProperty("last_play").GetString() ?? "none")
                : $"{frame.Type()} {frame.Seq()}");
        }

        return story;
    }

    private static string Line(string home, string away, int homeScore, int awayScore, string scores = "", string game = "") => $$$"""
        {"type":"game","game_id":"g1","pn_league_code":"l","sport_category":"soccer","start_date":"2026-11-30T12:00:00Z","status":"live",
        "home_team":{"name":"{{{home}}}"},"away_team":{"name":"{{{away}}}"},"scores":{"score_home":{{{homeScore}}},
        "score_away":{{{awayScore}}}{{{scores.Trim()}}}}{{{game.Trim()}}}}
        """.ReplaceLineEndings("");
}
