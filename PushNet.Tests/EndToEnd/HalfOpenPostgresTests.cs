using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using PushNet.Web.Data;

namespace PushNet.Tests.EndToEnd;

/// <summary>A session of PostgreSQL that outlives its connection, with its lock.</summary>
public class HalfOpenPostgresTests
{
    private const string Taken =
        "another server uses this database. Stop it, or give this one a database of its own: PushNet__Data__Postgres.";

    [FactWithFile(PostgresServer.Package)]
    public async Task A_server_ends_its_own_session_that_outlived_the_connection_and_its_clients_stay()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var network = new HalfOpenProxy(new UnixDomainSocketEndPoint(postgres.Socket));
        using var data = new ServerData();
        using (var server = Start(data, network))
        {
            using var http = ClientOf(await server.ListeningAsync());
            await Eventually.True(async () => await SendAsync(http, "g1") == HttpStatusCode.OK);
            using var client = await PushClient.JoinAsync(new Uri($"ws://{http.BaseAddress!.Authority}/ws/odds?key={PushServer.Key}"));
            var before = await postgres.HolderAsync();

            network.Cut();
            await Eventually.True(async () => await postgres.HolderAsync() is { } holder && holder != before);
            await Eventually.True(async () => await SendAsync(http, "g2") == HttpStatusCode.OK);

            Assert.Equal("g2", (await client.ReceiveUntilAsync("new_game")).GetProperty("game_id").GetString());
            network.Forget();
            await server.SignalAsync("KILL");
            await server.ExitAsync();
        }

        // Its last session is still there, and another server must not take it for dead, however long it says nothing.
        await postgres.ScalarAsync("UPDATE pushnet_server SET heartbeat = heartbeat - interval '13 seconds'");
        Assert.Equal(Taken, (await Assert.ThrowsAsync<IOException>(() => PushServer.StartAsync(Database(network)))).Message);
        using var other = new ServerData();
        Assert.Equal(Taken, (await Assert.ThrowsAsync<IOException>(() => other.StartAsync(settings: Database(network)))).Message);

        await using var again = await data.StartAsync(settings: Database(network));
        Assert.Equal(2, (await again.GetJsonAsync("/health")).GetProperty("games").GetInt32());
    }

    [FactWithFile(PostgresServer.Package)]
    public async Task A_server_that_lost_the_database_to_another_one_writes_nothing_more_and_exits_with_4()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var network = new HalfOpenProxy(new UnixDomainSocketEndPoint(postgres.Socket));
        using var data = new ServerData();
        using var server = Start(data, network);
        using var http = ClientOf(await server.ListeningAsync());
        await Eventually.True(async () => await SendAsync(http, "g1") == HttpStatusCode.OK);
        using var client = await PushClient.JoinAsync(new Uri($"ws://{http.BaseAddress!.Authority}/ws/odds?key={PushServer.Key}"));

        await using var another = await postgres.ConnectAsync();
        await using var take = new Npgsql.NpgsqlCommand(
            $"SELECT pg_terminate_backend({await postgres.HolderAsync()}); SELECT pg_advisory_lock({BoardFile.ApplicationId})", another);
        await take.ExecuteNonQueryAsync();
        await client.ReceiveUntilAsync("reconnect");
        await server.ExitAsync();

        Assert.Equal(4, server.ExitCode);
        Assert.Contains("Another server has taken the database; this one stops", server.Output, StringComparison.Ordinal);
        Assert.Equal(0L, await postgres.ScalarAsync("SELECT count(*) FROM snapshot"));
    }

    [FactWithFile(PostgresServer.Package)]
    public async Task A_session_that_can_not_be_ended_yet_keeps_the_database_for_the_server_that_opened_it()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var held = DatabaseLock.Acquire(
            $"{postgres.ConnectionString};Command Timeout=1;Cancellation Timeout=100", installation: null);
        var stopped = await postgres.HolderAsync();

        await SignalAsync("STOP", stopped!.Value);
        var whileStopped = held.Renew();
        var holder = await postgres.HolderAsync();
        await SignalAsync("CONT", stopped.Value);
        var renewed = await Task.Run(held.Renew);

        Assert.True(whileStopped && renewed && !held.Ownership.IsLost);
        Assert.Equal(stopped, holder);
        Assert.NotEqual(stopped, await postgres.HolderAsync());
    }

    private static ServerProcess Start(ServerData data, HalfOpenProxy network) => ServerProcess.Start(
        ["--urls", "http://127.0.0.1:0"],
        ("PushNet__Data__Directory", data.Name),
        ("PushNet__Data__Postgres", Database(network).Value),
        ("PushNet__Feed__Kind", "none"),
        ("PushNet__ApiKeys__0__Name", "all"),
        ("PushNet__ApiKeys__0__Key", PushServer.Key),
        ("PushNet__ApiKeys__0__Scopes", "live,odds,ingest"));

    private static (string Name, string Value) Database(HalfOpenProxy network) =>
        ("Data:Postgres", $"{network.Address};Database=postgres;Username=pushnet");

    private static HttpClient ClientOf(Uri url) =>
        new() { BaseAddress = url, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", PushServer.Key) } };

    private static async Task<HttpStatusCode> SendAsync(HttpClient http, string game)
    {
        using var body = PushServer.Ndjson([Lines.Game(game)]);
        using var response = await http.PostAsync("/v1/ingest", body);
        return response.StatusCode;
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = System.Diagnostics.Process.Start("sh", ["-c", $"kill -{signal} {process}"]);
        await kill.WaitForExitAsync();
    }
}
