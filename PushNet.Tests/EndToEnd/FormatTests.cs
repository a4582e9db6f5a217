using Microsoft.Data.Sqlite;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Web.Security.Keys;

namespace PushNet.Tests.EndToEnd;

/// <summary>
/// Files that earlier versions wrote are read by this one. They are backups of running servers, made in the documented way: a snapshot,
/// and entries behind it. Format1 is from the first version, Format1Of020 from 0.2.0, with values that later versions reject.
/// </summary>
public sealed class FormatTests : IDisposable
{
    // The secret of the key "board" in the file of keys, which opens nothing but this.
    private const string Secret = "pn_live_gEaeXJJbZKLI8TzkIqhRvtKNiK7YGFit";

    private readonly ServerData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Files_of_format_1_are_read_and_written_further()
    {
        Copy("Format1");

        await using (var first = await _data.StartAsync())
        {
            Assert.Equal("ok", (await first.GetJsonAsync("/health")).GetProperty("status").GetString());
            Assert.Equal(
                [("g1", 3), ("g2", 2), ("g3", 0)],
                (await first.GetJsonAsync("/v1/games/live")).GetProperty("games").EnumerateArray()
                    .Select(game => (
                        game.GetProperty("game_id").GetString()!, game.GetProperty("scores").GetProperty("score_home").GetInt32()))
                    .Order());
            Assert.Contains("\"price\":150", (await first.GetJsonAsync("/v1/games/g2/markets")).ToString());
            var keys = new KeyFile(_data.File("keys.db"), TimeProvider.System);
            Assert.Equal(SecretText.Hash(Secret), Assert.Single(keys.Secrets()).Hash.ToArray());
            await first.IngestAsync(Lines.Game("g4"));
            await first.StopAsync();
        }

        await using var second = await _data.StartAsync();
        Assert.Equal(4, (await second.GetJsonAsync("/health")).GetProperty("games").GetInt32());
    }

    [Fact]
    public async Task Files_of_0_2_0_are_marked_so_that_it_refuses_them_from_then_on()
    {
        Copy("Format1Of020");

        await using var server = await _data.StartAsync();

        var game = (await server.GetJsonAsync("/v1/games/fifa-fra-arg-2022-12-18"));
        Assert.Equal("old,1", game.GetProperty("game").GetProperty("game_id").GetString());
        Assert.Equal("2026-11-30T19:30", game.GetProperty("game").GetProperty("start_date").GetString());
        Assert.Contains("\"price\":-1.0", game.GetProperty("markets").GetRawText());
        Assert.Equal(2L, Scalar("journal.db", "PRAGMA user_version"));
        Assert.Equal(2L, Scalar("snapshots.db", "PRAGMA user_version"));
        Assert.Equal("entry/2", Scalar("journal.db", "SELECT manifest FROM journal ORDER BY sequence_number DESC LIMIT 1"));
    }

    [Fact]
    public void What_0_2_0_wrote_is_read_to_the_last_field()
    {
        Copy("Format1Of020");
        var (serializer, fold) = (new BoardSerializer(null!), new BoardFold());
        fold.Add((BoardImage)serializer.FromBinary(
            (byte[])Scalar("snapshots.db", "SELECT snapshot FROM snapshot"),
            (string)Scalar("snapshots.db", "SELECT manifest FROM snapshot")));
        for (var number = 3; number <= 4; number++)
        {
            fold.Add((JournalEntry)serializer.FromBinary(
                (byte[])Scalar("journal.db", $"SELECT message FROM journal WHERE sequence_number = {number}"), "entry/1"));
        }

        var games = fold.ToImage().Games.ToDictionary(game => game.GameId);
        Assert.Equal(["old,1", "old2", "old3"], games.Keys.Order());
        var live = games["old,1"];
        Assert.Equal(1_671_375_660_000, live.State!.Mark);
        Assert.Equal(
            new Game
            {
                GameId = "old,1",
                PnSlug = "fifa-fra-arg-2022-12-18",
                PnLeagueCode = "Liga MX, Apertura",
                SportCategory = "soccer",
                StartDate = "2026-11-30T19:30",
                Status = GameStatus.Live,
                Venue = "Lusail",
                Broadcast = "TF1",
                HomeTeam = new Team("Argentina", "Buenos Aires", "Albiceleste", "ARG", "https://x/a.png"),
                AwayTeam = Given.Team(" "),
                Scores = new Scores { ScoreHome = 3, ScoreAway = 0, Period = "2H", Clock = "95", LastPlay = "goal" },
            },
            live.State.Game);
        Assert.Equal(
            [("away", null, 3.5m, 1_671_375_600_002), ("draw", 250.0m, null, null), ("home", -110.5m, -3.5m, 1_671_375_600_001),
                ("home", -1.0m, null, 1_671_375_600_000)],
            live.Outcomes.Select(outcome => (outcome.Key.Outcome, outcome.Outcome?.Price, outcome.Key.Points, outcome.Mark)).Order());
    }

    [Theory]
    [InlineData("entry/3")]
    [InlineData("board/3")]
    public void Rows_of_a_later_version_are_refused_with_a_sentence(string manifest)
    {
        var error = Assert.Throws<InvalidDataException>(() => new BoardSerializer(null!).FromBinary([], manifest));

        Assert.Equal(
            $"\"{manifest}\" was written by a later version of PushNet (this one knows formats up to 2). Start that version, or put back "
                + "the copy that was made before the upgrade.",
            error.Message);
    }

    private void Copy(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "EndToEnd", folder)))
        {
            File.Copy(file, _data.File(Path.GetFileName(file)));
        }
    }

    private object Scalar(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_data.File(file)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }
}
