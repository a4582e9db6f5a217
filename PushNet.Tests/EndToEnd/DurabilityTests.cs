using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using LinqToDB.Data;
using PushNet.Web.Data;

namespace PushNet.Tests.EndToEnd;

/// <summary>A server with a data directory: what it keeps, and what it does when it can't.</summary>
public sealed class DurabilityTests : IDisposable
{
    private readonly ServerData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_restart_loses_nothing_and_seq_goes_on()
    {
        await using (var first = await _data.StartAsync())
        {
            await first.IngestAsync(Lines.Game("g1"), Lines.Price("g1", -110.5m), Lines.Game("g1", home: 3));
            await first.StopAsync();
        }

        await using var second = await _data.StartAsync();
        using var client = await second.JoinAsync("odds");

        Assert.Equal(3, client.Snapshot.GetProperty("seq").GetInt64());
        Assert.Equal(3, client.Snapshot.GetProperty("games")[0].GetProperty("scores").GetProperty("score_home").GetInt32());
        await second.IngestAsync(Lines.Price("g1", 120));
        var change = await client.ReceiveUntilAsync("price_change");
        Assert.Equal((-110.5m, 4L), (change.GetProperty("old_price").GetDecimal(), change.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public async Task A_second_server_is_told_who_has_the_directory()
    {
        await using var first = await _data.StartAsync();
        using var second = ServerProcess.Start(["--urls", "http://127.0.0.1:0"], ("PushNet__Data__Directory", _data.Name));

        await second.ExitAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith($"PushNet can't start: another server (process {Environment.ProcessId}) uses {_data.Name}.", second.Output);
    }

    [Fact]
    public async Task A_directory_that_can_not_be_made_is_a_sentence()
    {
        await File.WriteAllTextAsync(_data.File("file"), "");

        var error = await Assert.ThrowsAsync<IOException>(() => _data.StartAsync(_data.File("file/data")));

        Assert.StartsWith($"PushNet__Data__Directory: {_data.File("file/data")} can't be used: ", error.Message);
    }

    [Fact]
    public async Task Both_files_are_in_WAL_and_every_commit_is_synced()
    {
        await using var server = await _data.StartAsync();
        using var store = BoardStore.OpenFiles(new Web.Data.DataDirectory(_data.Name), DateTimeOffset.UnixEpoch);

        foreach (var options in new[] { store.Journal, store.Snapshots })
        {
            await using var connection = new DataConnection(options);
            Assert.Equal("wal", connection.Execute<string>("PRAGMA journal_mode"));
            Assert.Equal(2, connection.Execute<int>("PRAGMA synchronous"));
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task What_is_kept_is_for_its_owner_alone()
    {
        await using var server = await _data.StartAsync();

        Assert.All(Directory.EnumerateFiles(_data.Name),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_copy_of_a_running_server_made_in_the_documented_order_is_its_board()
    {
        using var copy = new TempFolder();
        await using (var first = await _data.StartAsync())
        {
            await first.IngestAsync(Lines.Game("before"));
            foreach (var file in new[] { "journal.db", "snapshots.db" })
            {
                _data.Execute(file, $"VACUUM INTO '{copy.File(file)}'");
                await first.IngestAsync(Lines.Game($"after-{file}"));
            }
        }

        await using var second = await _data.StartAsync(copy.Name);
        Assert.Equal("before", Assert.Single((await second.GetJsonAsync("/v1/games/live")).GetProperty("games").EnumerateArray())
            .GetProperty("game_id").GetString());
    }

    [Fact]
    public async Task A_write_that_fails_is_503_and_all_are_healed_when_it_works_again()
    {
        await using var server = await _data.StartAsync(settings: PushServer.WithOperatorPort);
        using var operators = new OperatorClient(server);
        await server.IngestAsync(Lines.Game("kept"));
        using var client = await server.JoinAsync("live");
        _data.Execute("journal.db", "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(FAIL, 'no room'); END");

        using (var body = PushServer.Ndjson([Lines.Game("lost")]))
        using (var refused = await server.Http.PostAsync("/v1/ingest", body))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains(
                "no room", JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString());
        }

        var health = await server.GetJsonAsync("/health");
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Contains("no room", health.GetProperty("degraded")[0].GetString());
        Assert.Equal("ok", (await server.GetJsonAsync("/health/ready")).GetProperty("status").GetString());
        Assert.Contains("reason=\"board\"", await operators.Http.GetStringAsync("/metrics"));

        _data.Execute("journal.db", "DROP TRIGGER full");

        await client.ReceiveUntilAsync("new_game");
        var healed = await client.ReceiveUntilAsync("snapshot");
        Assert.Equal("kept", Assert.Single(healed.GetProperty("games").EnumerateArray()).GetProperty("game_id").GetString());
        await server.IngestAsync(Lines.Game("lost"));
        Assert.Equal("ok", (await server.GetJsonAsync("/health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_start_that_can_not_write_serves_what_is_kept_and_is_healed_when_it_can()
    {
        await using (var first = await _data.StartAsync())
        {
            await first.IngestAsync(Lines.Game("kept"));
            await first.StopAsync();
        }

        _data.Execute("journal.db", "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(FAIL, 'no room'); END");
        await using var second = await _data.StartAsync();
        using var client = await second.JoinAsync("live");
        Assert.Equal("kept", Assert.Single(client.Snapshot.GetProperty("games").EnumerateArray()).GetProperty("game_id").GetString());
        Assert.Contains("observations can't be written: ",
            Assert.Single((await second.GetJsonAsync("/health")).GetProperty("degraded").EnumerateArray()).GetString());
        using (var body = PushServer.Ndjson([Lines.Game("new")]))
        using (var refused = await second.Http.PostAsync("/v1/ingest", body))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        _data.Execute("journal.db", "DROP TRIGGER full");
        await client.ReceiveUntilAsync("snapshot");
        await second.IngestAsync(Lines.Game("new"));
        Assert.Equal("ok", (await second.GetJsonAsync("/health")).GetProperty("status").GetString());
    }
}
