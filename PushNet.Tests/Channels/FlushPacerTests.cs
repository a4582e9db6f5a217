using PushNet.Actors.Channels;
using PushNet.Actors.Clock;

namespace PushNet.Tests.Channels;

public sealed class FlushPacerTests
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(100);

    private readonly FlushPacer _pacer = new(MaxDelay, rest: 0.5);

    [Fact]
    public void A_lone_event_waits_for_nobody() => Assert.True(TimeToWait(Given.Now) <= TimeSpan.Zero);

    [Fact]
    public void The_next_batch_waits_for_the_last_to_be_written_but_no_longer_than_the_most()
    {
        _pacer.Flushed(Given.Now);

        Assert.Equal(MaxDelay, TimeToWait(Given.Now));
        Assert.Equal(TimeSpan.FromMilliseconds(30), TimeToWait(Given.Now + TimeSpan.FromMilliseconds(70)));
        Assert.Equal(TimeSpan.Zero, TimeToWait(Given.Now + MaxDelay));
    }

    [Fact]
    public void Once_written_the_next_waits_for_a_share_of_the_time_that_took()
    {
        _pacer.Flushed(Given.Now);
        _pacer.Drained(Given.Now + TimeSpan.FromMilliseconds(5));

        Assert.Equal(TimeSpan.FromMilliseconds(2.5), TimeToWait(Given.Now + TimeSpan.FromMilliseconds(5)));
        Assert.Equal(TimeSpan.Zero, TimeToWait(Given.Now + TimeSpan.FromMilliseconds(7.5)));
    }

    [Fact]
    public void A_full_batch_needs_no_rest_but_waits_for_the_last_to_be_written()
    {
        _pacer.Flushed(Given.Now);
        Assert.Equal(MaxDelay, _pacer.TimeToWait(Given.Now, isFull: true));

        _pacer.Drained(Given.Now + TimeSpan.FromMilliseconds(20));

        Assert.Equal(TimeSpan.Zero, _pacer.TimeToWait(Given.Now + TimeSpan.FromMilliseconds(20), isFull: true));
    }

    [Fact]
    public void A_batch_that_took_long_is_followed_by_no_longer_rest_than_others()
    {
        _pacer.Flushed(Given.Now);
        _pacer.Drained(Given.Now + TimeSpan.FromMilliseconds(90));

        Assert.Equal(TimeSpan.FromMilliseconds(3), TimeToWait(Given.Now + TimeSpan.FromMilliseconds(90)));
    }

    [Fact]
    public void In_a_burst_the_healthy_are_waited_for_as_long_as_they_go_on_writing()
    {
        Assert.Equal(TimeSpan.Zero, _pacer.TimeToWaitInBurst(Given.Now, 0, 10));
        _pacer.Flushed(Given.Now);
        var now = Given.Now + (2 * MaxDelay);
        for (var outstanding = 10; outstanding > 5; outstanding--, now += 0.99 * MaxDelay)
        {
            Assert.InRange(_pacer.TimeToWaitInBurst(now, outstanding, 10), TimeSpan.FromTicks(1), MaxDelay / 4);
        }

        _pacer.Drained(now);
        Assert.Equal(TimeSpan.Zero, _pacer.TimeToWaitInBurst(now, 0, 10));
    }

    [Theory]
    [InlineData(6, 1.0)]
    [InlineData(5, 0.5)]
    public void In_a_burst_who_writes_nothing_is_left_behind_and_sooner_when_most_have_written(int outstanding, double delays)
    {
        _pacer.Flushed(Given.Now);
        Assert.Equal(MaxDelay / 4, _pacer.TimeToWaitInBurst(Given.Now, outstanding, 10));

        var (wait, tick) = (delays * MaxDelay, TimeSpan.FromTicks(1));
        Assert.Equal(tick, _pacer.TimeToWaitInBurst(Given.Now + (wait - tick), outstanding, 10));
        Assert.Equal(TimeSpan.Zero, _pacer.TimeToWaitInBurst(Given.Now + wait, outstanding, 10));
    }

    private TimeSpan TimeToWait(Moment now) => _pacer.TimeToWait(now, isFull: false);
}
