using System.Text;
using Akka.Actor;
using Akka.TestKit;
using PushNet.Actors.Feed;
using PushNet.Actors.State;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Log;

/// <summary>The game state of a server that shares a log.</summary>
/// <param name="Actor">The actor.</param>
/// <param name="Odds">Stands for its publisher.</param>
/// <param name="Own">Its way to the log.</param>
internal sealed record LogServerGiven(IActorRef Actor, TestProbe Odds, CuttableLog Own)
{
    public Task<LinesReceipt> SendAsync(params string[] lines) => SendAsync(lines, canWait: false);

    public Task<LinesReceipt> SendAsync(string[] lines, bool canWait) => Actor.Ask<LinesReceipt>(
        new ObserveLines("test", false, [.. lines.Select((line, i) => FeedParser.Parse(new FeedLine(i + 1, Encoding.UTF8.GetBytes(line))))])
        {
            CanWait = canWait,
        },
        PushServer.Patience);

    public Task<GameRemoved> RemoveAsync(string game) => Actor.Ask<GameRemoved>(new RemoveGame(game), PushServer.Patience);

    public Task<BoardStatus> StatusAsync() => Actor.Ask<BoardStatus>(new GetBoardStatus(), PushServer.Patience);

    public Task StopAsync() => Actor.Ask<BoardStopped>(new StopBoard(), PushServer.Patience);

    /// <summary>The frames that it told so far, up to the first that holds a text.</summary>
    public async Task<IReadOnlyList<string>> FramesUntilAsync(string text)
    {
        var frames = new List<string>();
        while (!frames.Any(frame => frame.Contains(text, StringComparison.Ordinal)))
        {
            var told = await Odds.ExpectMsgAsync<Publish>();
            frames.AddRange(told.Events.Select(one => Frames.Text(one.Frame)));
        }

        return frames;
    }
}
