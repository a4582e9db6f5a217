using PushNet.Actors.Channels.Groups;

namespace PushNet.Tests.Channels.Groups;

public sealed class KeyFramePaceTests
{
    [Theory]
    [InlineData(0, 10_000, false)]
    [InlineData(999, 10_000, false)]
    [InlineData(1000, 499, false)]
    [InlineData(1000, 500, true)]
    [InlineData(4999, 499, false)]
    [InlineData(5000, 0, true)]
    public void Another_may_come_a_second_and_500_events_later_or_after_five_seconds(int ms, int events, bool isAllowed)
    {
        var pace = new KeyFramePace();
        Assert.True(pace.IsAllowed(Given.Now));

        pace.KeyFrame(Given.Now);
        pace.Passed(events);

        Assert.Equal(isAllowed, pace.IsAllowed(Given.Now + TimeSpan.FromMilliseconds(ms)));
    }
}
