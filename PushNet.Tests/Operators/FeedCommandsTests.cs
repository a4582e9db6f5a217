using Microsoft.Extensions.DependencyInjection;
using PushNet.Actors.Feed.Health;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Operators.Commands;

namespace PushNet.Tests.Operators;

public class FeedCommandsTests
{
    [Fact]
    public async Task The_list_shows_what_was_parked_and_lost_where_there_is_any()
    {
        await using var server = await PushServer.StartAsync();
        var sources = server.Services.GetRequiredService<SourceRegistry>();
        var nats = sources.Of("nats", "nats", TimeSpan.Zero);
        nats.Parked();
        nats.CannotPark(2, "messages 3, 4 are lost");
        sources.Of("replay", "replay", TimeSpan.Zero);

        var list = await OperatorShell.AnswerAsync(server.Services, SourceCommands.List, []);

        var cells = list.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToList();
        var names = cells.Single(line => line.Contains("source"));
        Assert.Equal(["1", "2"], CellsOf("nats"));
        Assert.Equal(["-", "-"], CellsOf("replay"));

        string[] CellsOf(string source)
        {
            var row = cells.Single(line => line.FirstOrDefault() == source);
            return [row[Array.IndexOf(names, "parked")], row[Array.IndexOf(names, "lost")]];
        }
    }
}
