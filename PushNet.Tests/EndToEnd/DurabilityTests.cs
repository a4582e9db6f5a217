using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using LinqToDB.Data;
using Microsoft.Data.Sqlite;
using PushNet.Web.Data;

namespace PushNet.Tests.EndToEnd;

/// <summary>A server with a data directory: what it keeps, and what it does when it can't.</summary>
public sealed class DurabilityTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_restart_loses_nothing_and_seq_goes_on()
    {
        await using (var first = await StartAsync())
        {
            await first.IngestAsync(Lines.Game("g1"), Lines.Price("g1", -110.5m), Lines.Game("g1", home: 3));
            await first.StopAsync();
        }

        await using var second = await StartAsync();
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
        await using var first = await StartAsync();
        using var second = ServerProcess.Start(["--urls", "http://127.0.0.1:0"], ("PushNet__Data__Directory", _data.Name));

        await second.ExitAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith($"PushNet can't start: another server (process {Environment.ProcessId}) uses {_data.Name}.", second.Output);
    }

    [Fact]
    public async Task A_directory_that_can_not_be_made_is_a_sentence()
    {
        await File.WriteAllTextAsync(_data.File("file"), "");

        var error = await Assert.ThrowsAsync<IOException>(() => StartAsync(_data.File("file/data")));

        Assert.StartsWith($"PushNet__Data__Directory: {_data.File("file/data")} can't be used: ", error.Message);
    }

    [Fact]
    public async Task Files_of_a_later_version_stop_the_start()
    {
        await using (var first = await StartAsync())
        {
            await first.StopAsync();
        }

        Execute("journal.db", "PRAGMA user_version = 2");

        var error = await Assert.ThrowsAsync<IOException>(() => StartAsync());
        Assert.Contains("was written by a later version of PushNet (format 2, this one knows 1)", error.Message);
    }

    [Fact]
    public async Task Both_files_are_in_WAL_and_every_commit_is_synced()
    {
        await using var server = await StartAsync();
        var store = BoardStore.Open(Options(), new Web.Settings.DataDirectory(_data.Name), DateTimeOffset.UnixEpoch)!;

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
        await using var server = await StartAsync();

        Assert.All(Directory.EnumerateFiles(_data.Name), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_damaged_journal_is_moved_and_what_can_be_read_is_taken_over()
    {
        await using (var first = await StartAsync())
        {
            await first.IngestAsync(Lines.Game("early"));
            await first.IngestAsync(Lines.Game("late"));
            File.Copy(_data.File("journal.db"), _data.File("copy"));
            File.Copy(_data.File("journal.db-wal"), _data.File("copy-wal"));
            await first.StopAsync();
        }

        // As after a crash: no final snapshot, and the last entry is not as it was written.
        File.Delete(_data.File("snapshots.db"));
        File.Move(_data.File("copy"), _data.File("journal.db"), overwrite: true);
        File.Move(_data.File("copy-wal"), _data.File("journal.db-wal"), overwrite: true);
        Execute("journal.db", "UPDATE journal SET message = zeroblob(40) WHERE sequence_number = 3");

        await using (var second = await StartAsync())
        {
            Assert.Equal("early", Assert.Single((await second.GetJsonAsync("/v1/games/live")).GetProperty("games").EnumerateArray()).GetProperty("game_id").GetString());
            var health = await second.GetJsonAsync("/health");
            Assert.Equal("degraded", health.GetProperty("status").GetString());
            Assert.Contains("number 3 of its entries is not what was written", Assert.Single(health.GetProperty("degraded").EnumerateArray()).GetString());
            await second.StopAsync();
        }

        Assert.True(File.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(_data.Name, "corrupt-*")), "journal.db")));
        await using var third = await StartAsync();
        Assert.Equal("ok", (await third.GetJsonAsync("/health")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("journal.db")]
    [InlineData("snapshots.db")]
    public async Task A_file_that_is_no_database_any_more_does_not_keep_the_server_from_starting(string file)
    {
        await using (var first = await StartAsync())
        {
            await first.IngestAsync(Lines.Game("g1"));
            await first.StopAsync();
        }

        await File.WriteAllBytesAsync(_data.File(file), new byte[8192].Select((_, i) => (byte)i).ToArray());

        await using var second = await StartAsync();
        Assert.Equal("degraded", (await second.GetJsonAsync("/health")).GetProperty("status").GetString());

        // The other file has it: the last snapshot, or the entries behind it, which are all of them here.
        Assert.Equal(1, (await second.GetJsonAsync("/health")).GetProperty("games").GetInt32());
        await second.IngestAsync(Lines.Game("g2"));
    }

    [Fact]
    public async Task A_copy_of_a_running_server_made_in_the_documented_order_is_its_board()
    {
        using var copy = new TempFolder();
        await using (var first = await StartAsync())
        {
            await first.IngestAsync(Lines.Game("before"));
            foreach (var file in new[] { "journal.db", "snapshots.db" })
            {
                Execute(file, $"VACUUM INTO '{copy.File(file)}'");
                await first.IngestAsync(Lines.Game($"after-{file}"));
            }
        }

        await using var second = await StartAsync(copy.Name);
        Assert.Equal("before", Assert.Single((await second.GetJsonAsync("/v1/games/live")).GetProperty("games").EnumerateArray()).GetProperty("game_id").GetString());
    }

    [Fact]
    public async Task A_write_that_fails_is_503_and_all_are_healed_when_it_works_again()
    {
        await using var server = await StartAsync();
        await server.IngestAsync(Lines.Game("kept"));
        using var client = await server.JoinAsync("live");
        Execute("journal.db", "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(FAIL, 'no room'); END");

        using (var body = PushServer.Ndjson([Lines.Game("lost")]))
        using (var refused = await server.Http.PostAsync("/v1/ingest", body))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("no room", JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString());
        }

        var health = await server.GetJsonAsync("/health");
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Contains("no room", health.GetProperty("degraded")[0].GetString());

        Execute("journal.db", "DROP TRIGGER full");

        await client.ReceiveUntilAsync("new_game");
        var healed = await client.ReceiveUntilAsync("snapshot");
        Assert.Equal("kept", Assert.Single(healed.GetProperty("games").EnumerateArray()).GetProperty("game_id").GetString());
        await server.IngestAsync(Lines.Game("lost"));
        Assert.Equal("ok", (await server.GetJsonAsync("/health")).GetProperty("status").GetString());
    }

    private Task<PushServer> StartAsync(string? directory = null) => PushServer.StartAsync(("Data:Directory", directory ?? _data.Name));

    private Web.Settings.PushNetOptions Options() => new() { Data = new() { Directory = _data.Name } };

    private void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_data.File(file)};Pooling=false");
        connection.Open();
        SqliteCommands.Execute(connection, sql);
    }
}
