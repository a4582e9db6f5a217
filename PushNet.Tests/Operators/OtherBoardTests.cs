using PushNet.Web.Operators.Commands;

namespace PushNet.Tests.Operators;

public class OtherBoardTests
{
    private static readonly OtherBoard Unknown = new("c", null, "does not answer at http://c:8080");

    [Theory]
    [InlineData(10, false, null)]
    [InlineData(10, true, null)]
    [InlineData(9, false, "the board of server b is at seq 10, and this one is at seq 9. Repair the log there.")]
    [InlineData(9, true, "the board of server b is at seq 10, and this one is at seq 9. Repair the log there.")]
    public void A_board_that_is_newer_must_do_it_even_when_the_repair_is_forced(long seq, bool isForced, string? why) =>
        Assert.Equal(why, OtherBoard.WhyNot([new("a", 3), new("b", 10)], seq, isForced));

    [Fact]
    public void A_board_that_is_not_known_counts_unless_the_repair_is_forced()
    {
        OtherBoard[] others = [new("b", 10), Unknown];

        Assert.StartsWith(
            "server c does not answer at http://c:8080, and its board may be newer", OtherBoard.WhyNot(others, 10, isForced: false));
        Assert.Null(OtherBoard.WhyNot(others, 10, isForced: true));
        Assert.StartsWith("the board of server b", OtherBoard.WhyNot(others, 9, isForced: true));
        Assert.Null(OtherBoard.WhyNot([], 10, isForced: false));
    }
}
