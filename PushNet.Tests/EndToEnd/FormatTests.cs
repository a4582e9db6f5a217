using PushNet.Web.Security.Keys;

namespace PushNet.Tests.EndToEnd;

/// <summary>
/// Files that earlier versions wrote are read by this one. Those of format 1 are a backup of a running server, made in the documented
/// way: a snapshot of an empty board, and entries behind it.
/// </summary>
public sealed class FormatTests : IDisposable
{
    // Of the key "board" in the file of keys, which opens nothing but this.
    private const string Secret = "pn_live_gEaeXJJbZKLI8TzkIqhRvtKNiK7YGFit";

    private readonly ServerData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Files_of_format_1_are_read_and_written_further()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "EndToEnd", "Format1")))
        {
            File.Copy(file, _data.File(Path.GetFileName(file)));
        }

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
}
