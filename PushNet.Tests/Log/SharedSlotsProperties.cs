using CsCheck;
using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Log;

namespace PushNet.Tests.Log;

/// <summary>Servers that have a cap together, on a log that loses, delays and reorders what they send.</summary>
public sealed class SharedSlotsProperties
{
    private const int Cap = 640;
    private const int Ahead = 10;

    private static readonly Gen<(int Server, int What, int Number)> Step =
        Gen.Select(Gen.Int[0, SlotsFleet.Count - 1], Gen.Int[0, 13], Gen.Int[0, 4000]);

    [Fact]
    public void All_servers_together_never_have_more_than_the_cap_and_whoever_needs_more_gets_what_nobody_has() =>
        Gen.Select(Gen.Int[0, Cap].Array[SlotsFleet.Count], Step.Array[40, 160]).Sample((clients, steps) =>
        {
            var fleet = new SlotsFleet(Cap);
            for (var i = 0; i < SlotsFleet.Count; i++)
            {
                fleet.Fill(i, clients[i]);
            }

            foreach (var (server, what, number) in steps)
            {
                fleet.Do(server, what, number);
                Assert.True(fleet.Open <= Cap, $"{fleet.Open} connections of {Cap}");
            }

            fleet.Calm();
            fleet.Fill(0, Cap);
            Assert.InRange(fleet.Servers[0].Open, Cap - fleet.Servers.Skip(1).Sum(server => server.Open + Ahead), Cap);
            Assert.True(fleet.Open <= Cap, $"{fleet.Open} connections of {Cap}");
        });

    [Fact]
    public void A_server_has_no_more_than_the_least_that_it_asked_for_since_the_report_that_the_log_brought()
    {
        var slots = new SharedSlots(Cap, new FakeTimeProvider());
        Assert.Equal(0, slots.Limit);
        slots.Want(1);
        slots.Grant(1, 200);
        Take(slots, 150);
        Assert.Equal((150 + Ahead, 150 + Ahead), (slots.Want(2), slots.Limit));
        Give(slots, 100);
        Assert.Equal(50 + Ahead, slots.Want(3));
        Take(slots, 10);
        Assert.False(slots.TryTake());
        Assert.Equal(60 + Ahead, slots.Want(4));

        slots.Grant(2, 160);
        Assert.Equal(50 + Ahead, slots.Limit);
        slots.Grant(4, 70);
        slots.Grant(3, 500);
        Assert.Equal(70, slots.Limit);
    }

    [Fact]
    public void Slots_are_kept_for_forty_seconds_behind_the_sending_of_the_last_report_that_came_back()
    {
        var time = new FakeTimeProvider();
        var slots = new SharedSlots(Cap, time);
        time.Advance(2 * SharedSlots.Patience);
        Assert.False(slots.HasLapsed);
        slots.Want(1);
        time.Advance(SharedSlots.Patience / 2);
        slots.Grant(1, Ahead);
        Assert.True(slots.TryTake());
        slots.Want(2);
        time.Advance((SharedSlots.Patience / 2) - TimeSpan.FromSeconds(1));
        Assert.True(slots.HasRoom && !slots.HasLapsed);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((0, true, false), (slots.Limit, slots.HasLapsed, slots.TryTake()));

        slots.Grant(2, Ahead);
        Assert.Equal((0, true), (slots.Limit, slots.HasLapsed));
        slots.GiveBack();
        Assert.Equal((Ahead, false), (slots.Limit, slots.HasLapsed));
    }

    [Fact]
    public void Without_a_cap_there_is_always_a_slot_and_a_cap_that_comes_holds_for_newcomers()
    {
        var slots = new SharedSlots(0, new FakeTimeProvider());
        Take(slots, 10);
        Assert.Equal((0, null, false), (slots.Want(1), slots.Limit, slots.IsShort(1000)));
        slots.Grant(1, 0);
        Take(slots, 10);

        slots.Cap = Cap;
        Assert.Equal((false, true), (slots.TryTake(), slots.IsShort(1000)));
        Assert.Equal(20 + Ahead, slots.Want(2));
        slots.Grant(2, 20 + Ahead);
        Take(slots, Ahead);
        Assert.Equal((true, false), (slots.IsShort(20 + Ahead + 1), slots.IsShort(20 + Ahead)));
    }

    private static void Take(SharedSlots slots, int count) => Assert.All(Enumerable.Range(0, count), _ => Assert.True(slots.TryTake()));

    private static void Give(SharedSlots slots, int count)
    {
        for (; count > 0; count--)
        {
            slots.GiveBack();
        }
    }
}
