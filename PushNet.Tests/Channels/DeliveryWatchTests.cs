using PushNet.Actors.Channels;
using PushNet.Actors.Clock;

namespace PushNet.Tests.Channels;

public class DeliveryWatchTests
{
    private readonly DeliveryWatch _watch = new();

    [Fact]
    public void The_oldest_event_is_timed_to_the_drain_of_its_flush()
    {
        _watch.Published(5, At(0));
        _watch.Published(6, At(3));
        _watch.Flushed(1, lastSeq: 4);
        _watch.Flushed(2, lastSeq: 7);

        Assert.Null(_watch.Drained(1, At(8)));
        Assert.Equal(TimeSpan.FromSeconds(9), _watch.Drained(2, At(9)));
        Assert.Null(_watch.Drained(2, At(10)));
    }

    [Fact]
    public void Afterwards_the_next_is_timed()
    {
        _watch.Published(1, At(0));
        _watch.Flushed(1, lastSeq: 1);
        _watch.Published(2, At(1));
        _watch.Drained(1, At(2));
        _watch.Published(3, At(5));
        _watch.Flushed(2, lastSeq: 3);

        Assert.Equal(TimeSpan.FromSeconds(2), _watch.Drained(2, At(7)));
    }

    private static Moment At(int second) => Given.Now + TimeSpan.FromSeconds(second);
}
