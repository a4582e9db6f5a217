using PushNet.Actors.Clock;

namespace PushNet.Tests.Clock;

public sealed class MomentTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SettableTime _time = new();

    [Theory]
    [InlineData(-3600)]
    [InlineData(0)]
    [InlineData(259_200)]
    public void What_lies_between_two_moments_is_the_time_that_passed_however_the_wall_clock_was_set(int seconds)
    {
        var before = Moment.Now(_time);
        _time.Advance(Minute);
        _time.SetBy = TimeSpan.FromSeconds(seconds);
        var after = Moment.Now(_time);

        Assert.Equal(Minute, after - before);
        Assert.True(before < after && after > before && before <= after && after >= before && before.CompareTo(after) < 0);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), after.Ts);
        Assert.Equal(_time.SetBy, after.SetSince(before));
    }

    [Fact]
    public void An_earlier_moment_comes_back_from_the_wall_clock_of_now_which_was_set_since()
    {
        var before = Moment.Now(_time);
        _time.Advance(Minute);
        _time.SetBy = TimeSpan.FromDays(3);
        var now = Moment.Now(_time);

        Assert.Equal(_time.GetUtcNow() - Minute, now.OnWallClock(before));
        Assert.Equal(Minute, now - now.At(now.OnWallClock(before)));
        Assert.Equal(now.Elapsed, now.At(now.WallClock + Minute).Elapsed);
    }

    [Fact]
    public void Long_ago_came_before_all() => Assert.True(Moment.Now(_time) - Moment.LongAgo > TimeSpan.FromDays(365_000));
}
