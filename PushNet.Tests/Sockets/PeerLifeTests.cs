using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

/// <summary>When a client is sent a Ping, and when it is dead (docs/protocol.md#pings-and-life).</summary>
public sealed class PeerLifeTests
{
    private readonly PeerLife _life = new(Seconds(30), Seconds(60), Seconds(1000));

    [Fact]
    public void A_ping_is_due_every_interval_whatever_the_client_sends()
    {
        Assert.False(_life.IsPingDue(Seconds(1029)));
        _life.Received();

        Assert.True(_life.IsPingDue(Seconds(1030)));
        Assert.False(_life.IsPingDue(Seconds(1031)));
        Assert.True(_life.IsPingDue(Seconds(1060)));
    }

    [Fact]
    public void A_late_sweep_does_not_move_the_next_ping()
    {
        Assert.True(_life.IsPingDue(Seconds(1037)));
        Assert.False(_life.IsPingDue(Seconds(1059)));
        Assert.True(_life.IsPingDue(Seconds(1060)));
    }

    [Fact]
    public void Silence_before_a_ping_is_no_death() => Assert.False(_life.IsDead(Seconds(5000)));

    [Fact]
    public void Silence_for_the_timeout_after_a_ping_is_death()
    {
        PingTaken(Seconds(1030));

        Assert.False(_life.IsDead(Seconds(1089)));
        Assert.True(_life.IsDead(Seconds(1090)));
    }

    [Fact]
    public void Later_pings_do_not_put_death_off()
    {
        PingTaken(Seconds(1030));
        PingTaken(Seconds(1060));

        Assert.True(_life.IsDead(Seconds(1090)));
    }

    [Fact]
    public void Any_byte_is_life_until_a_timeout_after_the_next_ping()
    {
        PingTaken(Seconds(1030));
        _life.Received();
        Assert.False(_life.IsDead(Seconds(1090)));

        PingTaken(Seconds(1100));

        Assert.False(_life.IsDead(Seconds(1159)));
        Assert.True(_life.IsDead(Seconds(1160)));
    }

    [Fact]
    public void An_answer_that_comes_before_the_write_is_known_to_have_ended_counts()
    {
        var begun = _life.PingBegins();
        _life.Received();
        _life.PingTaken(begun, Seconds(1030));

        Assert.False(_life.IsDead(Seconds(1090)));
    }

    [Fact]
    public void A_sweep_that_comes_much_too_late_owes_one_ping_and_not_all()
    {
        Assert.True(_life.IsPingDue(Seconds(2000)));
        Assert.False(_life.IsPingDue(Seconds(2029)));
        Assert.True(_life.IsPingDue(Seconds(2030)));
    }

    private void PingTaken(TimeSpan now) => _life.PingTaken(_life.PingBegins(), now);

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
