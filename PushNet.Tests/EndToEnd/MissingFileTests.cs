using System.Globalization;
using PushNet.Tests.Commands;

namespace PushNet.Tests.EndToEnd;

/// <summary>Files of the board that are gone, empty, or older than they should be.</summary>
public sealed class MissingFileTests(MissingFileTests.KilledServer killed) : IClassFixture<MissingFileTests.KilledServer>, IDisposable
{
    private readonly ServerData _data = killed.Data.Copy();

    public static TheoryData<string, string, string> Losses => new()
    {
        { "journal.db", "delete", "journal.db was missing: the last commit had number " },
        { "journal.db", "empty", "journal.db was empty: the last commit had number " },
        { "journal.db-wal", "delete", "journal.db was not as it was left: the last commit had number " },
        { "journal.db-wal", "halve", "journal.db was not as it was left: the last commit had number " },
        { "snapshots.db", "delete", "snapshots.db was missing: the journal begins with number " },
        { "snapshots.db", "empty", "snapshots.db was empty: the journal begins with number " },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task What_is_missing_is_told_until_it_is_accepted(string file, string how, string sentence)
    {
        Spoil(_data.File(file), how);

        await using (var first = await _data.StartAsync())
        {
            var loss = Assert.Single(await DegradedAsync(first));
            Assert.StartsWith(sentence, loss);
            Assert.DoesNotContain(_data.Name, loss);
            await first.IngestAsync(Lines.Game("after"));
            await first.StopAsync();
        }

        await using (var second = await _data.StartAsync())
        {
            Assert.StartsWith(sentence, Assert.Single(await DegradedAsync(second)));
            Assert.Contains("Accepted: " + sentence, BoardCommandTests.Accept(_data.Name));
            await Eventually.True(async () => (await DegradedAsync(second)).Count == 0);
            await second.StopAsync();
        }

        await using var third = await _data.StartAsync();
        Assert.Empty(await DegradedAsync(third));
    }

    [Fact]
    public async Task What_is_left_beside_a_file_that_is_gone_is_moved_and_not_deleted()
    {
        File.Delete(_data.File("journal.db"));

        await using var server = await _data.StartAsync();

        Assert.True(File.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(_data.Name, "corrupt-*")), "journal.db-wal")));
    }

    [Fact]
    public async Task A_restored_backup_is_accepted_before_the_start_or_told()
    {
        using var backup = _data.Copy();
        await using (var later = await _data.StartAsync())
        {
            await later.IngestAsync(Lines.Game("later"));
            await later.StopAsync();
        }

        foreach (var file in Directory.EnumerateFiles(backup.Name, "*.db*"))
        {
            File.Copy(file, _data.File(Path.GetFileName(file)), overwrite: true);
        }

        using var told = _data.Copy();
        await using (var server = await told.StartAsync())
        {
            Assert.StartsWith("journal.db was not as it was left: the last commit had number ", Assert.Single(await DegradedAsync(server)));
        }

        BoardCommandTests.Accept(_data.Name);
        await using var accepted = await _data.StartAsync();
        Assert.Empty(await DegradedAsync(accepted));
    }

    [Fact]
    public async Task What_a_killed_server_left_is_whole()
    {
        await using var server = await _data.StartAsync();

        Assert.Empty(await DegradedAsync(server));
        Assert.Equal(3, (await server.GetJsonAsync("/health")).GetProperty("games").GetInt32());
    }

    public void Dispose() => _data.Dispose();

    private static async Task<IReadOnlyList<string>> DegradedAsync(PushServer server) =>
        [.. (await server.GetJsonAsync("/health")).GetProperty("degraded").EnumerateArray().Select(sentence => sentence.GetString()!)];

    private static void Spoil(string file, string how)
    {
        if (how == "delete")
        {
            File.Delete(file);
            return;
        }

        using var stream = File.OpenWrite(file);
        stream.SetLength(how == "halve" ? stream.Length / 2 : 0);
    }

    /// <summary>The data directory of a server that took a snapshot, deleted the entries before it, wrote more, and was killed.</summary>
    public sealed class KilledServer : IAsyncLifetime
    {
        /// <summary>What that server left.</summary>
        internal ServerData Data { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            using var data = new ServerData();
            await using (var first = await data.StartAsync())
            {
                await first.IngestAsync(Lines.Game("g1"));
                await first.StopAsync();
            }

            data.Execute("journal.db", "DELETE FROM journal WHERE sequence_number < (SELECT max(sequence_number) FROM journal)");
            await using var second = await data.StartAsync();
            await second.IngestAsync(Lines.Game("g2"));
            await second.IngestAsync(Lines.Game("g3"));
            var last = Newest(data);
            await Eventually.True(async () => long.TryParse(
                await File.ReadAllTextAsync(data.File("board.commit")), CultureInfo.InvariantCulture, out var noted) && noted == last);
            Data = data.Copy();
        }

        public Task DisposeAsync()
        {
            Data.Dispose();
            return Task.CompletedTask;
        }

        private static long Newest(ServerData data)
        {
            using var connection = data.Open("journal.db");
            return (long)Web.Data.SqliteCommands.Scalar(connection, "SELECT max(sequence_number) FROM journal")!;
        }
    }
}
