using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

public sealed class SlidingWindowTests
{
    private readonly SlidingWindow _window = new(3, TimeSpan.FromSeconds(10));

    [Fact]
    public void One_more_than_the_most_within_the_window_is_too_many()
    {
        Assert.Equal([true, true, true, false], At(0, 1, 2, 9));
    }

    [Fact]
    public void The_window_slides()
    {
        Assert.Equal([true, true, true, true, false, true], At(0, 5, 9, 10, 11, 20));
    }

    private IEnumerable<bool> At(params int[] seconds) => [.. seconds.Select(second => _window.Allows(TimeSpan.FromSeconds(second)))];
}
