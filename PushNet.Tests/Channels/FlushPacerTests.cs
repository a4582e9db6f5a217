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

    private TimeSpan TimeToWait(Moment now) => _pacer.TimeToWait(now, isFull: false);
}
