using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PushNet.Web.Data;
using PushNet.Web.Security.Keys;

namespace PushNet.Tests.EndToEnd;

/// <summary>Stored keys that change while the server runs. Only the file can tell it.</summary>
public sealed class KeyLifeTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly KeyFile _file;

    public KeyLifeTests() => _file = new KeyFile(_folder.File("keys.db"), TimeProvider.System);

    [Fact]
    public async Task A_revoked_key_ends_its_sockets_with_1008_and_lets_nobody_in()
    {
        await using var server = await StartAsync();
        var (revoked, kept) = (Create("revoked", "live,odds"), Create("kept", "live"));
        using var live = await JoinAsync(server, "live", revoked);
        using var odds = await JoinAsync(server, "odds", revoked);
        using var other = await JoinAsync(server, "live", kept);

        _file.Revoke("revoked", []);

        Assert.Equal((1008, "the key was revoked"), await CloseOf(live));
        Assert.Equal((1008, "the key was revoked"), await CloseOf(odds));
        await UntilStatusIs(server, revoked, HttpStatusCode.Unauthorized);
        await other.SendTextAsync("ping");
        Assert.Equal("pong", (await other.ReadFrameAsync())!.Type);
    }

    [Fact]
    public async Task A_scope_that_is_taken_ends_only_what_needed_it()
    {
        await using var server = await StartAsync();
        var key = Create("board", "live,odds");
        using var live = await JoinAsync(server, "live", key);
        using var odds = await JoinAsync(server, "odds", key);

        _file.Revoke("board", ["odds"]);

        Assert.Equal((1008, "the key lost the scope odds"), await CloseOf(odds));
        await live.SendTextAsync("ping");
        Assert.Equal("pong", (await live.ReadFrameAsync())!.Type);
    }

    [Fact]
    public async Task A_key_that_expires_ends_its_sockets()
    {
        await using var server = await StartAsync();
        var key = _file.Create(new NewKey("short", ["live"], default, TimeProvider.System.GetUtcNow().AddSeconds(3)));
        using var live = await JoinAsync(server, "live", key);

        Assert.Equal((1008, "the key has expired"), await CloseOf(live));
    }

    [Fact]
    public async Task A_client_that_reads_nothing_goes_with_its_key_too()
    {
        await using var server = await StartAsync();
        var key = Create("board", "odds");
        using var client = await server.ConnectAsync(receiveBuffer: 4096);
        await UntilStatusIs(server, key, HttpStatusCode.OK);
        await client.RequestAsync(client.Handshake("odds", key));
        await server.UntilConnectionsAre(1);
        await server.IngestAsync(Lines.Game("g1"));
        for (var i = 0; i < 20; i++)
        {
            await server.IngestAsync(Lines.MovingPrices("g1", 1000, from: i * 1000));
        }

        _file.Revoke("board", []);

        await server.UntilConnectionsAre(0);
    }

    [Theory]
    [InlineData("acks=0", "HTTP/1.1 401 ")]
    [InlineData("acks=1", "HTTP/1.1 200 ")]
    public async Task A_revoked_key_ends_its_streaming_ingest_with_401_in_the_summary(string query, string status)
    {
        await using var server = await StartAsync();
        var key = Create("feeder", "ingest");
        await UntilStatusIs(server, key, HttpStatusCode.OK, HttpMethod.Post);
        using var client = await server.ConnectAsync();
        var line = Lines.Game("g1") + "\n";
        await client.SendAsync(
            $"POST /v1/ingest?{query} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Type: "
                + $"application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n{line.Length:x}\r\n{line}\r\n");
        await Eventually.True(async () => (await server.GetJsonAsync("/health")).GetProperty("games").GetInt32() == 1);

        _file.Revoke("feeder", []);

        Assert.StartsWith(status, await client.ReadHeadAsync());
        var last = await client.ReadBodyAsync();
        last = last.Contains("acked", StringComparison.Ordinal) ? await client.ReadBodyAsync() : last;
        var summary = JsonDocument.Parse(last).RootElement;
        Assert.Equal((1, 401), (summary.GetProperty("applied").GetInt32(), summary.GetProperty("status").GetInt32()));
        Assert.Equal("the key was revoked", summary.GetProperty("error").GetString());
    }

    [Fact]
    public async Task The_last_use_is_noted_in_the_file()
    {
        await using var server = await StartAsync();
        var key = Create("board", "live");
        await UntilStatusIs(server, key, HttpStatusCode.OK);

        await Eventually.True(() => Task.FromResult(_file.Keys()[0].LastUsedAt is not null));
    }

    [Fact]
    public async Task A_damaged_file_stops_the_start_with_a_sentence()
    {
        File.WriteAllText(_file.FullPath, new string('x', 5000));
        using var server = ServerProcess.Start([], ("PushNet__Data__Directory", _folder.Name));

        await server.ExitAsync();

        Assert.Equal(1, server.ExitCode);
        Assert.StartsWith($"PushNet can't start: {_file.FullPath} is damaged", server.Output);
        Assert.Single(server.Output.Split('\n'));
    }

    [Fact]
    public async Task A_file_that_goes_bad_under_a_running_server_locks_nobody_out_and_is_told()
    {
        using var logs = new RecordingLogs();
        await using var server = await PushServer.StartAsync(
            builder => builder.Logging.AddProvider(logs), ("Data:Directory", _folder.Name));
        using var live = await JoinAsync(server, "live", Create("board", "live"));
        var whole = File.ReadAllBytes(_file.FullPath);

        Execute("UPDATE keys SET expires_at = 9223372036854775807");
        await UntilHealthIs(server, "degraded");
        Assert.Equal(
            "keys.db can't be used. The keys stay as they were; the log says what to do.",
            Assert.Single((await server.GetJsonAsync("/health")).GetProperty("degraded").EnumerateArray()).GetString());
        await UntilLogged($"The keys stay as they were: {_file.FullPath} is damaged (one of its times is 9223372036854775807)");

        File.WriteAllBytes(_file.FullPath, whole);
        await UntilHealthIs(server, "ok");
        File.Delete(_file.FullPath);
        await UntilHealthIs(server, "degraded");
        await UntilLogged($"The keys stay as they were: there is no {_file.FullPath}");

        await live.SendTextAsync("ping");
        Assert.Equal("pong", (await live.ReadFrameAsync())!.Type);

        // The log comes a moment after /health.
        Task UntilLogged(string sentence) =>
            Eventually.True(() => Task.FromResult(logs.Lines.Any(line => line.Contains(sentence, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Stored_keys_leave_no_demo()
    {
        Create("board", "live");
        using var server = ServerProcess.Start(["--urls", "http://127.0.0.1:0"], ("PushNet__Data__Directory", _folder.Name));

        await server.ListeningAsync();

        Assert.Contains("feed: none", server.Output);
        Assert.DoesNotContain("pn_demo_", server.Output);
    }

    public void Dispose() => _folder.Dispose();

    private Task<PushServer> StartAsync() => PushServer.StartAsync(("Data:Directory", _folder.Name));

    private string Create(string name, string scopes) => _file.Create(new NewKey(name, scopes.Split(','), default, null));

    private static async Task<RawClient> JoinAsync(PushServer server, string channel, string key)
    {
        await UntilStatusIs(server, key, HttpStatusCode.OK);
        return await (await server.ConnectAsync()).JoinAsync(channel, key);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_file.FullPath};Pooling=False");
        connection.Open();
        SqliteCommands.Execute(connection, sql);
    }

    private static Task UntilHealthIs(PushServer server, string status) =>
        Eventually.True(async () => (await server.GetJsonAsync("/health")).GetProperty("status").GetString() == status);

    /// <summary>Waits until the server has noticed what became of a key.</summary>
    private static Task UntilStatusIs(PushServer server, string key, HttpStatusCode status, HttpMethod? method = null) =>
        Eventually.True(async () =>
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, method is null ? "/ws/odds" : "/v1/ingest");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await server.Http.SendAsync(request);
        var isKnown = response.StatusCode is not HttpStatusCode.Unauthorized
            || (await response.Content.ReadAsStringAsync()).Contains("scope", StringComparison.Ordinal);
        return isKnown == (status is HttpStatusCode.OK);
    });

    private static async Task<(int, string)> CloseOf(RawClient client)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var close = await client.ReadUntilAsync(RawFrame.Close);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        return (close!.CloseCode, System.Text.Encoding.UTF8.GetString(close.Payload.AsSpan(2)));
    }
}
