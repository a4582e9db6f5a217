using System.Net;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>Clients that ask for less, over real sockets.</summary>
public class FilterTests
{
    [Fact]
    public async Task A_filtered_client_gets_its_games_in_snapshot_and_deltas_and_its_books_in_prices()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1"), Lines.Game("g2"));
        using var client = await server.JoinAsync("odds", "game=nba-away-home-g1,g3&book=dk");

        Assert.Equal(
            """
            {"type":"welcome","channel":"odds","conn_id":1,"message":"connected to pushnet odds channel","filter":{"game":["g3",
            "nba-away-home-g1"],"book":["dk"]}}
            """.ReplaceLineEndings(""),
            client.Welcome.GetRawText());
        Assert.Equal(["g1"], client.Snapshot.GetProperty("games").EnumerateArray().Select(game => game.GetProperty("game_id").GetString()));
        Assert.Equal((1, 2L), (client.Snapshot.GetProperty("count").GetInt32(), client.SnapshotSeq));

        await server.IngestAsync(
            Lines.Price("g1", 100, book: "fd"),
            Lines.Price("g1", 101, book: "dk"),
            Lines.Price("g2", 102, book: "dk"),
            Lines.Game("g2", home: 1),
            Lines.Game("g1", home: 1),
            Lines.Game("g3"),
            Lines.Game("g1", home: 2));

        Assert.Equal("price_change 4", await StoryAsync(client));
        Assert.Equal("score_change 7", await StoryAsync(client));
        Assert.Equal("new_game 8", await StoryAsync(client));
        Assert.Equal("score_change 9", await StoryAsync(client));
    }

    [Theory]
    [InlineData("live", "leage=nba")]
    [InlineData("live", "book=dk")]
    [InlineData("live", "market=points")]
    [InlineData("odds", "league=")]
    public async Task A_query_with_a_fault_gets_400_before_the_upgrade(string channel, string query)
    {
        await using var server = await PushServer.StartAsync();

        var answer = await server.Http.GetAsync($"/ws/{channel}?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString()!;
        Assert.StartsWith($"\"{query.Split('=')[0]}\" ", error);
    }

    [Fact]
    public async Task One_filter_too_many_gets_503_until_another_is_given_up()
    {
        await using var server = await PushServer.StartAsync(("Limits:MaxFilters", "1"));
        using var plain = await server.JoinAsync("live");
        var first = await server.JoinAsync("live", "league=nba");
        using var same = await server.JoinAsync("live", "league=nba");

        var refused = await server.Http.GetAsync("/ws/live?league=nfl");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("different filters", await refused.Content.ReadAsStringAsync());

        first.Dispose();
        same.Dispose();
        await server.UntilConnectionsAre(1);
        using var next = await server.JoinAsync("live", "league=nfl");
        Assert.Equal(0, next.Snapshot.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_key_that_uses_its_share_of_filters_gets_429_and_still_looks_at_a_game()
    {
        await using var server = await PushServer.StartAsync(("Limits:MaxFilters", "10"));
        using var first = await server.JoinAsync("odds", "league=nba");

        var refused = await server.Http.GetAsync("/ws/odds?league=nfl");
        using var game = await server.JoinAsync("odds", "prices=snapshot&game=g1");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("the key \"all\" may have 1 different filters at once and has 1",
            JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString());
    }

    private static async Task<string> StoryAsync(PushClient client)
    {
        var frame = await client.ReceiveAsync();
        return $"{frame.Type()} {frame.Seq()}";
    }
}
