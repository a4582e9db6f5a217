using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PushNet.Actors.Feed;

namespace PushNet.Tests.EndToEnd;

/// <summary>Names in the paths of routes (docs/protocol.md#rest).</summary>
public sealed class RestPathTests : IAsyncLifetime
{
    private PushServer _server = null!;

    public async Task InitializeAsync() => _server = await PushServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("match/3", "match%2F3")]
    [InlineData("match/3", "match%2f3")]
    [InlineData("match%2F3", "match%252F3")]
    [InlineData("match%252F3", "match%25252F3")]
    [InlineData("a/../%2f,?", "a%2F..%2F%252f%2C%3F")]
    public async Task A_path_is_decoded_exactly_once(string id, string written)
    {
        await _server.IngestAsync(new[] { "match/3", "match%2F3", "match%252F3", "a/../%2f,?" }.Select(other => Lines.Game(other)));

        var targets = new List<string> { $"/v1/games/{written}/scores", $"/v1/nothing/../games/{written}/scores" };
        if (!id.Contains('/', StringComparison.Ordinal))
        {
            // Kestrel cuts the path of a whole address at what it decoded.
            targets.Add($"http://x/v1/games/{written}/scores");
        }

        foreach (var target in targets)
        {
            Assert.Equal(id, JsonDocument.Parse(await GetRawAsync(target)).RootElement.GetProperty("game_id").GetString());
        }
    }

    [Fact]
    public async Task Every_route_takes_every_name()
    {
        string[] names = ["sr:match:1,2", " 77 ", "uefa/cl", "/", "a//b", "a/", "100%", "%", "%2F", "a%41",
            "%252F", "a\\b", "a?b#c&d=e;f", "+", "é", "..."];
        await _server.IngestAsync(names.SelectMany(name => new[]
        {
            JsonSerializer.Serialize(new
            {
                type = "game", game_id = name, pn_league_code = name, sport_category = "soccer", start_date = "2026-01-02", status = "live",
                home_team = new { name = "A" }, away_team = new { name = "B" },
            }),
            JsonSerializer.Serialize(
                new { type = "price", game_id = name, pn_market_type = name, book = name, outcome = "home", price = 105 }),
        }));

        foreach (var name in names)
        {
            var part = Uri.EscapeDataString(name);
            var value = Uri.EscapeDataString(name.Replace("\\", "\\\\").Replace(",", "\\,").Replace(" ", "\\ "));
            foreach (var path in new[] { $"/v1/games/{part}", $"/v1/games/{part}/markets" })
            {
                var answer = JsonDocument.Parse(await GetRawAsync($"{path}?market=none&market={value}&book={value}")).RootElement;
                Assert.Equal(
                    (name, 1),
                    (answer.GetProperty("game").GetProperty("game_id").GetString(), answer.GetProperty("outcome_count").GetInt32()));
            }

            var scores = JsonDocument.Parse(await GetRawAsync($"/v1/games/{part}/scores")).RootElement;
            Assert.Equal(name, scores.GetProperty("game_id").GetString());
            foreach (var list in new[] { "games", "scores" })
            {
                var league = JsonDocument.Parse(await GetRawAsync($"/v1/leagues/{part}/{list}")).RootElement;
                Assert.Equal((name, 1), (league.GetProperty("league").GetString(), league.GetProperty("count").GetInt32()));
            }

            using var client = await _server.JoinAsync("odds", $"game={value}&league={value}");
            Assert.Equal(name, Assert.Single(client.Snapshot.GetProperty("games").EnumerateArray()).GetProperty("game_id").GetString());
        }
    }

    [Fact]
    public void Ids_that_routes_of_their_own_shadow_are_refused_at_ingest()
    {
        var names = _server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!.Split('/'))
            .Where(parts => parts is ["", "v1", "games", ..] && !parts[3].StartsWith('{')).Select(parts => parts[3]);

        Assert.Equal(names.Order(), Addressable.TakenFromGames.Order());
    }

    // HttpClient would resolve dots itself.
    private async Task<string> GetRawAsync(string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_server.Url.Host, _server.Url.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {target} HTTP/1.0\r\nHost: x\r\nAuthorization: Bearer {PushServer.Key}\r\n\r\n"));
        using var answer = new StreamReader(stream);
        return (await answer.ReadToEndAsync()).Split("\r\n\r\n")[1];
    }
}
