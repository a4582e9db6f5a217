using PushNet.Actors.Games;
using PushNet.Actors.Journal;

namespace PushNet.Tests.Journal;

/// <summary>The optional fields of what is kept of prices.</summary>
public sealed class BoardCodecTests
{
    private static readonly OutcomeKey Home = new("spreads", "b", "home", -3.5m);

    [Fact]
    public void Marks_keep_their_numbers_and_outcomes_what_is_of_the_main_line()
    {
        OutcomeState[] outcomes =
        [
            new(Home, new Outcome(Home, 110.0m, null, 5) { IsMain = true }, new Mark(5, Rev.OfSource(-7))),
            new(Home with { Book = "c" }, new Outcome(Home with { Book = "c" }, 110.0m, null, 5), new Mark(5)),
            new(Home with { Book = "d" }, null, new Mark(null)),
        ];
        var state = new GameState(Given.Game(), new Mark(9, Rev.OfStream(12, stream: 34)));

        var read = Assert.Single(BoardPayload.ReadEntry(BoardPayload.Write(
            new JournalEntry(1, [], [new GameChange("g1", state, Given.Now.WallClock, outcomes)]))).Games);

        Assert.Equal(state, read.State);
        Assert.Equal(outcomes, read.Outcomes);
    }
}
