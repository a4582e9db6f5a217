namespace PushNet.Tests.EndToEnd;

public class RecordingTests
{
    [Fact]
    public async Task What_was_recorded_is_replayed_to_the_same_board()
    {
        using var folder = new TempFolder();
        string board;
        await using (var server = await PushServer.StartAsync(("Record:File", folder.File("match.ndjson"))))
        {
            await server.IngestAsync(
                [Lines.Game("g1"), Lines.Game("g2", clock: "07:11"), .. Lines.MovingPrices("g1", 700), Lines.Game("g1", home: 2)]);
            using var rejected = PushServer.Ndjson(["nonsense"]);
            await server.Http.PostAsync("/v1/ingest", rejected);
            board = await server.Http.GetStringAsync("/v1/games/live");
            await server.StopAsync();
        }

        var file = Assert.Single(Directory.GetFiles(folder.Name));
        Assert.Equal(703, (await File.ReadAllLinesAsync(file)).Length);
        await using var second = await PushServer.StartAsync(("Feed:Kind", "replay"), ("Feed:File", file), ("Feed:Speed", "100"));
        await Eventually.True(async () => await second.Http.GetStringAsync("/v1/games/live") == board);
    }
}
