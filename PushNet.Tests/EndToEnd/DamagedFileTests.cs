using PushNet.Tests.Commands;

namespace PushNet.Tests.EndToEnd;

/// <summary>Files of the board that are not as a server left them.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private ServerData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Files_of_a_later_version_stop_the_start()
    {
        await using (var first = await _data.StartAsync())
        {
            await first.StopAsync();
        }

        _data.Execute("journal.db", "PRAGMA user_version = 3");

        var error = await Assert.ThrowsAsync<IOException>(() => _data.StartAsync());
        Assert.Contains("was written by a later version of PushNet (format 3, this one knows 2)", error.Message);
    }

    [Fact]
    public async Task A_damaged_journal_is_moved_and_what_can_be_read_is_taken_over()
    {
        using var data = new ServerData();
        await using (var first = await data.StartAsync())
        {
            await first.IngestAsync(Lines.Game("early"));
            await first.IngestAsync(Lines.Game("late"));
            _data = data.Copy();
        }

        // This is as after a crash: there is no final snapshot, and the last entry is not as it was written.
        _data.Execute("journal.db", "UPDATE journal SET message = zeroblob(40) WHERE sequence_number = 3");

        await using (var second = await _data.StartAsync())
        {
            Assert.Equal("early", Assert.Single((await second.GetJsonAsync("/v1/games/live")).GetProperty("games").EnumerateArray())
                .GetProperty("game_id").GetString());
            var health = await second.GetJsonAsync("/health");
            Assert.Equal("degraded", health.GetProperty("status").GetString());
            var loss = Assert.Single(health.GetProperty("degraded").EnumerateArray()).GetString();
            Assert.Contains("number 3 of its entries is not what was written", loss);
            Assert.DoesNotContain(_data.Name, loss);
            await second.StopAsync();
        }

        Assert.True(File.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(_data.Name, "corrupt-*")), "journal.db")));
        await using var third = await _data.StartAsync();
        Assert.Equal("degraded", (await third.GetJsonAsync("/health")).GetProperty("status").GetString());
        BoardCommandTests.Accept(_data.Name);
        await Eventually.True(async () => (await third.GetJsonAsync("/health")).GetProperty("status").GetString() == "ok");
    }

    [Fact]
    public async Task A_damaged_journal_that_can_not_be_taken_over_stays_where_it_is()
    {
        await using (var first = await _data.StartAsync())
        {
            await first.IngestAsync(Lines.Game("early"));
            await first.IngestAsync(Lines.Game("late"));
            await first.StopAsync();
        }

        // This is as on a full disk: the new file takes no rows.
        File.Delete(_data.File("snapshots.db"));
        _data.Execute("journal.db", "UPDATE journal SET message = zeroblob(40) WHERE sequence_number = 3");
        _data.Execute("journal.db", "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN INSERT INTO nowhere VALUES (1); END");

        var error = await Assert.ThrowsAsync<IOException>(() => _data.StartAsync());
        Assert.StartsWith(
            $"{_data.File("journal.db")} is damaged (number 3 of its entries is not what was written), "
                + "and what can be read of it can't be written to a new file: ", error.Message);
        Assert.Empty(Directory.GetDirectories(_data.Name, "corrupt-*"));

        // What a server left that was killed in the middle of this is no obstacle.
        _data.Execute("journal.db", "DROP TRIGGER full");
        await File.WriteAllTextAsync(_data.File("journal.db.new"), "half");
        await using var second = await _data.StartAsync();
        var health = await second.GetJsonAsync("/health");
        Assert.Equal(("degraded", 1), (health.GetProperty("status").GetString(), health.GetProperty("games").GetInt32()));
        Assert.False(File.Exists(_data.File("journal.db.new")));
    }

    [Theory]
    [InlineData("journal.db")]
    [InlineData("snapshots.db")]
    public async Task A_file_that_is_no_database_any_more_does_not_keep_the_server_from_starting(string file)
    {
        await using (var first = await _data.StartAsync())
        {
            await first.IngestAsync(Lines.Game("g1"));
            await first.StopAsync();
        }

        await File.WriteAllBytesAsync(_data.File(file), new byte[8192].Select((_, i) => (byte)i).ToArray());

        await using var second = await _data.StartAsync();
        Assert.Equal("degraded", (await second.GetJsonAsync("/health")).GetProperty("status").GetString());

        // The other file has it: the last snapshot, or the entries behind it, which are all of them here.
        Assert.Equal(1, (await second.GetJsonAsync("/health")).GetProperty("games").GetInt32());
        await second.IngestAsync(Lines.Game("g2"));
    }
}
