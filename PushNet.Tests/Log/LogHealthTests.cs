using PushNet.Actors.Clock;
using PushNet.Actors.Log;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.State;

namespace PushNet.Tests.Log;

/// <summary>Where a server stands that follows a log.</summary>
public sealed class LogHealthTests
{
    private readonly LogHealth _health = new(new LogSettings { Name = "a" }, Given.Now);

    private string? _cause;

    [Fact]
    public void It_catches_up_is_ready_is_cut_off_and_is_ready_again()
    {
        Assert.Equal((LogStanding.CatchingUp, null), At(0));
        _health.BecomesLevel(Given.Now);
        Assert.Equal((LogStanding.Ready, null), At(2.9));
        Assert.Equal((LogStanding.CutOff, "no word from the log for 4 s: NATS is away, or this server is cut off from it"), At(4));

        Hear(5);
        Assert.Equal((LogStanding.Ready, null), At(6));
    }

    [Fact]
    public void It_is_behind_while_what_it_sent_takes_two_seconds_to_come_back()
    {
        _health.BecomesLevel(Given.Now);
        _health.Asks(After(0));
        Hear(1.9);
        Assert.Equal(LogStanding.Ready, At(1.9).Standing);
        Hear(2.4);
        Assert.Equal((LogStanding.Behind, "this server is 2.4 s behind the log"), At(2.4));

        _health.HearsOfItself(isOwn: true, After(2.4));
        Hear(9);
        Assert.Equal(LogStanding.Behind, At(9).Standing);

        _health.Asks(After(9));
        _health.HearsOfItself(isOwn: true, After(9.1));
        Assert.Equal((LogStanding.Ready, null), At(9.1));
    }

    [Fact]
    public void It_is_behind_while_more_than_5000_messages_wait_for_it()
    {
        _health.BecomesLevel(Given.Now);
        Hear(1, left: 5_000);
        Assert.Equal(LogStanding.Ready, At(1).Standing);
        Hear(1, left: 5_001);
        Assert.Equal((LogStanding.Behind, "this server has 5,001 messages of the log still to read"), At(1));

        Hear(2, left: 0);
        Assert.Equal((LogStanding.Ready, null), At(2));
    }

    [Fact]
    public void Clocks_that_differ_and_a_server_of_the_same_name_are_told_and_a_loss_is_for_good()
    {
        _health.BecomesLevel(Given.Now);
        _health.Hears(new LogMessage(1, Given.NowMs - 90_000, default), Given.Now);
        Assert.Equal("the clocks of NATS and of this machine differ by 90 s; set them right", At(0).Fault);

        Hear(0);
        _health.HearsOfItself(isOwn: false, Given.Now);
        Assert.StartsWith("another server on the log is called a too", At(1).Fault, StringComparison.Ordinal);

        _health.Loses("gone");
        Hear(2);
        Assert.Equal((LogStanding.Lost, "gone"), At(2));
    }

    [Fact]
    public void What_the_log_knows_of_the_cause_is_told_with_what_is_wrong_and_by_itself_and_so_is_an_image_that_fails()
    {
        _health.BecomesLevel(Given.Now);
        _health.HasNoImage("no image");
        Assert.Equal((LogStanding.Ready, "no image"), At(0));

        _cause = "refused";
        Assert.Equal((LogStanding.Ready, "refused"), At(0));
        Assert.Equal("no word from the log for 4 s: refused", At(4).Fault);
        _health.Asks(After(0));
        Hear(2.4);
        Assert.Equal("this server is 2.4 s behind the log: refused", At(2.4).Fault);

        _cause = null;
        _health.HasImage();
        _health.HearsOfItself(isOwn: true, After(0));
        Assert.Equal((LogStanding.Ready, null), At(2.4));
    }

    private static Moment After(double seconds) => Given.Now + TimeSpan.FromSeconds(seconds);

    private void Hear(double seconds, long left = 0) =>
        _health.Hears(new LogMessage(1, After(seconds).Ts, default, left), After(seconds));

    private (LogStanding Standing, string? Fault) At(double seconds) =>
        (_health.Status(1, After(seconds)).Standing, _health.Fault(After(seconds), _cause));
}
