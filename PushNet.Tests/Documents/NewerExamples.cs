using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Documents;

/// <summary>
/// What the match of <see cref="Examples"/> does not have, played on a server of its own. So the frames of that match keep their
/// numbers.
/// </summary>
internal static class NewerExamples
{
    /// <summary>Adds frames and answers by name.</summary>
    public static async Task CaptureAsync(IDictionary<string, string> frames, IDictionary<string, string> answers)
    {
        frames["feed"] = await StaleAsync();
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Final("TBD", "unplayed", "{}"));
        using var client = await PushClient.JoinAsync(server.Address("odds", $"key={PushServer.Key}&details=1"));
        frames["welcome:details"] = client.Welcome.GetRawText();
        await server.IngestAsync(Final("France", "unplayed", "{}"));
        frames["game_update"] = (await client.ReceiveTextAsync())!;
        var score = """
            "score_home":3,"score_away":3,"period":"PEN","clock":null,"periods":[{"name":"90","home":2,"away":2},{"name":"ET","home":1,
            "away":1},{"name":"PEN","home":1,"away":0}]
            """.ReplaceLineEndings("");
        await server.IngestAsync(
            Final("France", "live", $"{{{score}}}"),
            Final("France", "live", $$"""{{{score}},"last_play":"Messi scores"}"""),
            Final("France", "final", $$"""{{{score}}}""", ",\"winner\":\"home\""));
        frames["score_change:periods"] = (await client.ReceiveTextAsync())!;
        await client.ReceiveTextAsync();
        frames["game_update:details"] = (await client.ReceiveTextAsync())!;
        using var again = PushServer.Ndjson([Final("France", "unplayed", "{}").Replace("g-64", "g-65", StringComparison.Ordinal)]);
        answers["warned"] = await (await server.Http.PostAsync("/v1/ingest", again)).Content.ReadAsStringAsync();
    }

    private static async Task<string> StaleAsync()
    {
        await using var server = await PushServer.StartAsync(("Ingest:StaleAfter", "100ms"));
        await server.IngestAsync(Final("France", "live", "{}"));
        using var client = await server.JoinAsync("live", "details=1");
        return (await client.ReceiveTextAsync())!;
    }

    private static string Final(string away, string status, string scores, string result = "") => $$"""
        {"type":"game","game_id":"g-64","pn_slug":"fifa-fra-arg-2022-12-18","pn_league_code":"fifa","sport_category":"soccer",
        "start_date":"2022-12-18T15:00:00Z","status":"{{status}}","home_team":{"name":"Argentina"},"away_team":{"name":"{{away}}"},
        "scores":{{scores.Trim()}}{{result.Trim()}},"ts":1671375600000}
        """.ReplaceLineEndings("");
}
