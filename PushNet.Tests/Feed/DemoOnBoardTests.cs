using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Feed;
using PushNet.Actors.Feed.Demo;
using PushNet.Actors.Games;

namespace PushNet.Tests.Feed;

/// <summary>The demo as the server plays it: through the parser, onto a board.</summary>
public sealed class DemoOnBoardTests
{
    [Fact]
    public void Twenty_minutes_of_the_demo_are_taken_without_a_fault_and_end_every_match_with_no_price_left()
    {
        var time = new FakeTimeProvider(Given.Now.WallClock);
        var board = new GameBoard(Given.Limits);
        var ended = new Dictionary<string, Scores>();
        foreach (var line in new DemoFeed(time, new Random(7)).Lines().TakeWhile(line => line.At < TimeSpan.FromMinutes(20)))
        {
            var parsed = FeedParser.Parse(new FeedLine(line.Number, line.Utf8));
            Assert.Null(parsed.Error);
            var result = board.Apply(parsed.Observation!, Given.Now + line.At, isDemo: true);
            Assert.NotEqual(Verdict.Rejected, result.Verdict);
            foreach (var final in result.Events.OfType<GameFinal>())
            {
                ended.Add(final.Game.GameId, final.Game.Scores);
            }

            board.Evict(Given.Now + line.At);
        }

        Assert.True(ended.Count >= 20, $"only {ended.Count} matches ended");
        Assert.All(ended.Where(game => board.Find(game.Key) is not null), game => Assert.Empty(board.MarketsOf(game.Key)));
        Assert.Equal((3, 3), FinalOf("world-cup-final-2022"));
        Assert.Equal((1, 7), FinalOf("world-cup-semi-final-2014"));
        Assert.Equal((89, 93), FinalOf("nba-finals-2016-game-7"));
        Assert.Equal((28, 34), FinalOf("super-bowl"));

        (int?, int?) FinalOf(string match) => ended.First(game => game.Key.StartsWith(match, StringComparison.Ordinal)).Value is var scores
            ? (scores.ScoreHome, scores.ScoreAway)
            : default;
    }
}
