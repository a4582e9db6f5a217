using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

public sealed class CloseWaitTests
{
    private readonly CloseWait _wait = new(Seconds(1), Seconds(1000));

    [Fact]
    public void Behind_the_close_frame_it_may_stand_still_for_the_timeout()
    {
        Assert.False(_wait.IsOver(isTaken: true, 0, Seconds(1000.9)));
        Assert.True(_wait.IsOver(isTaken: true, 0, Seconds(1001)));
    }

    [Fact]
    public void Before_it_four_times_as_long_so_that_with_the_sweep_a_client_that_stopped_reading_is_gone_in_five_seconds()
    {
        Assert.False(_wait.IsOver(isTaken: false, 0, Seconds(1003.9)));
        Assert.True(_wait.IsOver(isTaken: false, 0, Seconds(1004)));
    }

    [Fact]
    public void Whatever_moves_is_waited_for_but_not_for_ever()
    {
        for (var second = 0.5; second < 30; second += 0.5)
        {
            Assert.False(_wait.IsOver(isTaken: true, (long)(second * 2), Seconds(1000 + second)), $"after {second} s");
        }

        Assert.True(_wait.IsOver(isTaken: true, 100, Seconds(1030)));
    }

    [Fact]
    public void What_moved_once_and_stands_still_then_is_over()
    {
        Assert.False(_wait.IsOver(isTaken: true, 5, Seconds(1000.9)));
        Assert.False(_wait.IsOver(isTaken: true, 5, Seconds(1001.8)));
        Assert.True(_wait.IsOver(isTaken: true, 5, Seconds(1001.9)));
    }

    [Fact]
    public void An_end_without_a_reset_is_given_a_second_of_its_own()
    {
        Assert.True(_wait.IsOver(isTaken: true, 5, Seconds(1040)));

        _wait.EndGently(Seconds(1040));

        Assert.False(_wait.IsOver(isTaken: true, 5, Seconds(1040.9)));
        Assert.True(_wait.IsOver(isTaken: true, 6, Seconds(1041)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
