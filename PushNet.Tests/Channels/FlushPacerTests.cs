using PushNet.Actors.Channels;

namespace PushNet.Tests.Channels;

public sealed class FlushPacerTests
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(100);

    private readonly FlushPacer _pacer = new(MaxDelay);

    [Fact]
    public void A_lone_event_waits_for_nobody() => Assert.True(_pacer.TimeToWait(Given.Now) <= TimeSpan.Zero);

    [Fact]
    public void The_next_batch_waits_for_the_last_to_be_written_but_no_longer_than_the_most()
    {
        _pacer.Flushed(Given.Now);

        Assert.Equal(MaxDelay, _pacer.TimeToWait(Given.Now));
        Assert.Equal(TimeSpan.FromMilliseconds(30), _pacer.TimeToWait(Given.Now.AddMilliseconds(70)));
        Assert.Equal(TimeSpan.Zero, _pacer.TimeToWait(Given.Now + MaxDelay));
    }

    [Fact]
    public void Once_written_the_next_waits_as_long_again()
    {
        _pacer.Flushed(Given.Now);
        _pacer.Drained(Given.Now.AddMilliseconds(20));

        Assert.Equal(TimeSpan.FromMilliseconds(20), _pacer.TimeToWait(Given.Now.AddMilliseconds(20)));
        Assert.Equal(TimeSpan.Zero, _pacer.TimeToWait(Given.Now.AddMilliseconds(40)));
    }

    [Fact]
    public void A_batch_that_took_very_long_is_followed_by_a_wait_of_the_most()
    {
        _pacer.Flushed(Given.Now);
        _pacer.Drained(Given.Now.AddSeconds(10));

        Assert.Equal(MaxDelay, _pacer.TimeToWait(Given.Now.AddSeconds(10)));
    }
}
