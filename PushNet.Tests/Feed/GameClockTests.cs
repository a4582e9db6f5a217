using PushNet.Actors.Feed.Demo;

namespace PushNet.Tests.Feed;

public sealed class GameClockTests
{
    [Theory]
    [InlineData("soccer", null, null, 1.0)]
    [InlineData("soccer", "1H", "47", 0.5)]
    [InlineData("soccer", "2H", "72", 0.2)]
    [InlineData("soccer", "2H", "94", 0.01)]
    [InlineData("soccer", "FT", "90", 1 / 3.0)]
    [InlineData("soccer", "ET2", "111", 0.1)]
    [InlineData("basketball", "1", "12:00", 1.0)]
    [InlineData("basketball", "4", "04:48", 0.1)]
    [InlineData("football", "OT", "15:00", 0.25)]
    [InlineData("hockey", "3", "00:00", 0.01)]
    [InlineData("baseball", "1", "Top", 1.0)]
    [InlineData("baseball", "9", "Bot", 1 / 18.0)]
    [InlineData("baseball", "10", "Bot", 1 / 18.0)]
    public void The_clock_says_how_much_is_left(string sport, string? period, string? clock, double left) =>
        Assert.Equal(left, GameClock.Left(sport, period, clock)!.Value, 9);

    [Fact]
    public void Nobody_bets_on_a_shoot_out() => Assert.Null(GameClock.Left("soccer", "PEN", "1-0"));
}
