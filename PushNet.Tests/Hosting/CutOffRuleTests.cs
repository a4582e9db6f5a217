using PushNet.Actors.State;
using PushNet.Web.Hosting;
using static PushNet.Actors.State.LogStanding;

namespace PushNet.Tests.Hosting;

/// <summary>When a server gives its clients up to another one that follows the log.</summary>
public sealed class CutOffRuleTests
{
    private const bool Leaving = true;
    private const string IsCutOff = "this server has no word from the log, and b has: it is cut off from NATS";
    private const string MayBeTaken = "this server was cut off from NATS, and others may have its connections";
    private const string NotLevelYet = "this server was cut off from NATS, and does not follow the log yet";

    private CutOffRule _rule = new(TimeSpan.FromSeconds(30));
    private bool _haveSlotsLapsed;

    [Fact]
    public void It_is_not_ready_while_another_one_follows_the_log_and_gives_its_clients_up_until_it_is_level()
    {
        Assert.Equal((null, !Leaving), At(0, Ready));
        Assert.Equal((IsCutOff, !Leaving), At(3, CutOff, "b"));
        Assert.Equal((IsCutOff, !Leaving), At(29, CutOff, "b"));
        Assert.Equal((IsCutOff, Leaving), At(30, CutOff, "b"));
        Assert.Equal((NotLevelYet, Leaving), At(40, CatchingUp, "b"));
        Assert.Equal((NotLevelYet, Leaving), At(41, Behind, "b"));
        Assert.Equal((null, !Leaving), At(42, Ready));
        Assert.Equal((IsCutOff, !Leaving), At(43, CutOff, "b", silence: 3));
    }

    [Fact]
    public void It_stays_when_no_other_one_follows_the_log_and_comes_back_when_none_does_any_more()
    {
        Assert.Equal((null, !Leaving), At(1000, CutOff));
        Assert.Equal((IsCutOff, Leaving), At(1001, CutOff, "b"));
        Assert.Equal((IsCutOff, Leaving), At(1005, CutOff));
        Assert.Equal((null, !Leaving), At(1006, CutOff));
    }

    [Fact]
    public void It_may_be_behind_for_ten_seconds_in_a_row_and_loses_no_client_by_it()
    {
        Assert.Equal((null, !Leaving), At(0, Behind, "b"));
        Assert.Equal((null, !Leaving), At(9, Ready));
        Assert.Equal((null, !Leaving), At(10, Behind, "b"));
        Assert.Equal((null, !Leaving), At(19, Behind, "b"));
        Assert.Equal(("this server is behind the log, and b is not", !Leaving), At(20, Behind, "b"));
        Assert.Equal((null, !Leaving), At(100, Behind));
    }

    [Fact]
    public void Without_a_time_for_it_no_client_is_given_up()
    {
        _rule = new CutOffRule(TimeSpan.Zero);

        Assert.Equal((IsCutOff, !Leaving), At(10_000, CutOff, "b"));
    }

    [Fact]
    public void It_gives_its_clients_up_in_any_case_when_others_may_be_given_its_slots()
    {
        Assert.Equal((null, !Leaving), At(39, CutOff));
        _haveSlotsLapsed = true;
        Assert.Equal((MayBeTaken, Leaving), At(40, CutOff));
        Assert.Equal((MayBeTaken, Leaving), At(50, Ready));
        _haveSlotsLapsed = false;
        Assert.Equal((null, !Leaving), At(51, Behind));
        Assert.Equal((null, !Leaving), At(52, Ready));
    }

    // What was silent until a moment has been so since the beginning, unless it is said.
    private (string? WhyNotReady, bool IsLeaving) At(double seconds, LogStanding standing, string? follower = null, double? silence = null)
    {
        var status = new LogStatus(standing, 1, TimeSpan.Zero, TimeSpan.FromSeconds(silence ?? seconds));
        _rule.Judge(status, follower, _haveSlotsLapsed, Given.Now + TimeSpan.FromSeconds(seconds));
        return (_rule.WhyNotReady, _rule.IsLeaving);
    }
}
