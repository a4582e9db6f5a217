using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Feed.Recording;
using PushNet.Actors.State;

namespace PushNet.Tests.Feed.Recording;

public sealed class RecorderActorTests : ActorTest
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Observations_are_written_with_their_time_and_a_full_file_ends_behind_a_whole_line()
    {
        var file = RecordFile.Create(_folder.File("match.ndjson"), Given.Now, maxBytes: 1000);
        var recorder = Sys.ActorOf(Props.Create(() => new RecorderActor(file, NullLogger<RecorderActor>.Instance)));
        Watch(recorder);
        await recorder.Ask<ActorIdentity>(new Identify(1));

        Sys.EventStream.Publish(new ObservationsAccepted(
            Given.Now + TimeSpan.FromSeconds(1.25), [.. Enumerable.Range(1, 50).Select(i => Given.Price(i, ts: i))]));
        await ExpectTerminatedAsync(recorder);

        var lines = await File.ReadAllLinesAsync(file.FullPath);
        Assert.InRange(new FileInfo(file.FullPath).Length, 800, 1000);
        Assert.Equal(
            """
            {"at":1.25,"type":"price","game_id":"g1","pn_market_type":"moneyline","book":"book","outcome":"Home","points":null,"price":1,
            "player_id":null,"source":null,"ts":1}
            """.ReplaceLineEndings(""),
            lines[0]);
        Assert.All(lines, line => Assert.EndsWith("}", line));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }
}
