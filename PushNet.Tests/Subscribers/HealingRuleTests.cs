using CsCheck;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Subscribers;

/// <summary>The pure rules of when a snapshot is asked for.</summary>
public sealed class HealingRuleTests
{
    private readonly Healing _healing = new(healsPrices: false);

    [Fact]
    public void The_first_lost_state_event_asks_at_once() => Assert.Equal(TimeSpan.Zero, Lost(7));

    [Fact]
    public void Lost_prices_ask_for_nothing() => Assert.Null(LostPrice(7));

    [Fact]
    public void A_price_that_is_lost_while_nothing_is_to_heal_does_not_bring_an_old_loss_back()
    {
        Lost(7);
        Healed(7);

        Assert.Null(LostPrice(8, after: 10));
    }

    [Fact]
    public void A_loss_while_a_snapshot_is_under_way_waits_for_it()
    {
        Lost(7);

        Assert.Null(Lost(9, after: 60));
    }

    [Theory]
    [InlineData(8, 1.0)]
    [InlineData(9, null)]
    [InlineData(10, null)]
    public void A_snapshot_heals_what_was_lost_up_to_its_number(long snapshot, double? wait)
    {
        Lost(7);
        Lost(9);

        Assert.Equal(wait, Healed(snapshot)?.TotalSeconds);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.75, 0.25)]
    [InlineData(1, 0)]
    [InlineData(60, 0)]
    public void The_next_loss_waits_for_what_is_left_of_the_interval(double after, double wait)
    {
        Lost(7);
        Healed(7);

        Assert.Equal(TimeSpan.FromSeconds(wait), Lost(8, after));
    }

    [Fact]
    public void The_interval_counts_from_the_last_snapshot_not_from_the_first()
    {
        Lost(7);
        Healed(7);
        Lost(8, after: 1);
        Healed(8, after: 5);

        Assert.Equal(TimeSpan.FromSeconds(0.5), Lost(9, after: 5.5));
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(30, 30)]
    public void The_next_snapshot_waits_as_long_as_the_writing_of_the_last_took(double took, double wait)
    {
        Lost(7);
        _healing.Healed(7, At(0), At(took));

        Assert.Equal(TimeSpan.FromSeconds(wait), Lost(8, after: took));
    }

    [Fact]
    public void The_first_snapshot_of_a_connection_counts_too()
    {
        _healing.Written(At(0), At(5));

        Assert.Equal(TimeSpan.FromSeconds(4), Lost(7, after: 6));
    }

    [Fact]
    public void Where_snapshots_carry_prices_a_lost_price_is_healed()
    {
        var healing = new Healing(healsPrices: true);

        Assert.Equal(TimeSpan.Zero, healing.Lost(Prices(7), At(0)));
        Assert.Equal(TimeSpan.FromSeconds(1), healing.Healed(6, At(0), At(0)));
        Assert.Null(healing.Healed(7, At(1), At(1)));
    }

    [Fact]
    public void Snapshots_never_overlap_or_come_too_close_and_no_loss_stays_unhealed() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 1500]).Array[1, 60].Sample(steps =>
        {
            var healing = new Healing(healsPrices: false);
            var (now, seq, lost, healedAt) = (Given.Now, 0L, 0L, Moment.LongAgo);
            Moment? due = null;
            foreach (var (isLoss, isState, ms) in steps)
            {
                now += TimeSpan.FromMilliseconds(ms);
                TimeSpan? asked = null;
                if (isLoss)
                {
                    lost = isState ? ++seq : lost;
                    asked = healing.Lost(isState ? States(seq) : Prices(++seq), now);
                }
                else if (due <= now)
                {
                    (due, healedAt) = (null, now);

                    // Half of the snapshots were made before the newest loss.
                    var made = isState ? seq : Math.Max(0, seq - 1);
                    asked = healing.Healed(made, now, now);
                    lost = lost > made ? lost : 0;
                }

                if (asked is { } wait)
                {
                    Assert.Null(due);
                    due = now + wait;
                    Assert.True(wait >= TimeSpan.Zero && due - healedAt >= Healing.Interval);
                }

                Assert.Equal(lost > 0, due is not null);
            }
        });

    private static DropCounts States(long seq) => DropCounts.None.Plus([Given.Event(seq, EventKind.ScoreChange)]);

    private static DropCounts Prices(long seq) => DropCounts.None.Plus([Given.Event(seq)]);

    private static Moment At(double seconds) => Given.Now + TimeSpan.FromSeconds(seconds);

    private TimeSpan? Lost(long seq, double after = 0) => _healing.Lost(States(seq), At(after));

    private TimeSpan? LostPrice(long seq, double after = 0) => _healing.Lost(Prices(seq), At(after));

    private TimeSpan? Healed(long seq, double after = 0) => _healing.Healed(seq, At(after), At(after));
}
