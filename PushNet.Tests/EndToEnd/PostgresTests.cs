using System.Net;

namespace PushNet.Tests.EndToEnd;

/// <summary>The board in a PostgreSQL database instead of files.</summary>
public class PostgresTests
{
    [FactWithFile(PostgresServer.Package)]
    public async Task A_board_in_PostgreSQL_outlives_its_server_and_the_database_may_restart()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using (var first = await StartAsync(postgres))
        {
            await first.IngestAsync(Lines.Game("g1"), Lines.Price("g1", -110.5m));
            using var client = await first.JoinAsync("odds");

            await AssertTaken(postgres);

            await postgres.StopAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(first));
            Assert.Equal("observations can't be written: the database can't be used; the log says why",
                (await first.GetJsonAsync("/health")).GetProperty("degraded")[0].GetString());
            await postgres.StartAgainAsync();
            await Eventually.True(async () => await SendAsync(first) == HttpStatusCode.OK);
            await client.ReceiveUntilAsync("snapshot");
            await Eventually.True(async () => await postgres.LocksAsync() == 1);
            await AssertTaken(postgres);
            await first.StopAsync();
        }

        await using var again = await StartAsync(postgres);
        var games = (await again.GetJsonAsync("/v1/games/live")).GetProperty("games").EnumerateArray()
            .Select(game => game.GetProperty("game_id").GetString());
        Assert.Equal(["g1", "g2"], games.Order());
    }

    [Fact]
    public async Task A_database_that_can_not_be_reached_is_a_sentence()
    {
        var error = await Assert.ThrowsAsync<IOException>(
            () => PushServer.StartAsync(("Data:Postgres", "Host=127.0.0.1;Port=1;Username=pushnet;Password=not-told")));

        Assert.StartsWith("PushNet__Data__Postgres: the database can't be used: ", error.Message);
        Assert.DoesNotContain("not-told", error.Message);
    }

    private static async Task AssertTaken(PostgresServer postgres)
    {
        var refused = await Assert.ThrowsAsync<IOException>(() => StartAsync(postgres));
        Assert.Equal("another server uses this database. Stop it, or give this one a database of its own: PushNet__Data__Postgres.",
            refused.Message);
    }

    private static Task<PushServer> StartAsync(PostgresServer postgres) =>
        PushServer.StartAsync(("Data:Postgres", postgres.ConnectionString));

    private static async Task<HttpStatusCode> SendAsync(PushServer server)
    {
        using var body = PushServer.Ndjson([Lines.Game("g2")]);
        using var response = await server.Http.PostAsync("/v1/ingest", body);
        return response.StatusCode;
    }
}
