using Akka.Actor;
using CsCheck;
using PushNet.Actors.Channels;
using PushNet.Actors.Clock;
using PushNet.Actors.Subscriptions;

namespace PushNet.Tests.Channels;

/// <summary>The pure rules of when a snapshot for one group is asked for.</summary>
public sealed class OwnSnapshotsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly OwnSnapshots _snapshots = new();

    [Fact]
    public void The_first_is_asked_for_at_once_and_shared_by_all_who_came_meanwhile()
    {
        var joins = new[] { Add("a", 0), Add("a", 0) };
        Assert.Equal(Group("a"), Ask(0));
        var late = Add("a", 0.1);

        Assert.Null(Ask(0.1));
        Assert.Equal([.. joins, late], _snapshots.Arrived(Group("a"), At(0.1)).Joins.Select(waiting => waiting.Join));
        Assert.Null(Ask(5));
    }

    [Fact]
    public void The_next_of_a_group_is_asked_for_a_second_after_the_last()
    {
        Add("a", 0);
        Ask(0);
        _snapshots.Arrived(Group("a"), At(0.1));
        Add("a", 0.2);

        Assert.Equal(TimeSpan.FromSeconds(0.8), _snapshots.TimeToWait(At(0.2)));
        Assert.Null(Ask(0.999));
        Assert.Equal(Group("a"), Ask(1));
    }

    [Fact]
    public void Groups_take_turns_one_at_a_time_with_a_rest_as_long_as_the_last_took()
    {
        Add("b", 0.1);
        Add("a", 0);

        Assert.Equal(Group("a"), Ask(0.1));
        Assert.Null(Ask(0.2));
        _snapshots.Arrived(Group("a"), At(0.4));
        Assert.Equal(TimeSpan.FromSeconds(0.3), _snapshots.TimeToWait(At(0.4)));
        Assert.Equal(Group("b"), Ask(0.7));
    }

    [Fact]
    public void Whoever_comes_is_served_by_one_snapshot_made_after_it_came_and_nobody_waits_for_ever() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 400], Gen.Bool).Array[1, 80].Sample(steps =>
        {
            var snapshots = new OwnSnapshots();
            var (now, asked) = (Given.Now, (GroupKey?)null);
            var (came, served) = (new List<Join>(), new List<Join>());
            var lastAsked = new Dictionary<GroupKey, Moment>();
            foreach (var (who, ms, comes) in steps)
            {
                now += TimeSpan.FromMilliseconds(ms);
                if (comes)
                {
                    came.Add(new Join(came.Count, new RecordingSocket(), Subscription(Group($"g{who}"))));
                    snapshots.For(came[^1].Subscription.Group, now).Add(came[^1], ActorRefs.Nobody);
                }

                Step();
            }

            for (var i = 0; i < 1000 && served.Count < came.Count; i++)
            {
                now += TimeSpan.FromMilliseconds(50);
                Step();
            }

            Assert.Equal(came.OrderBy(join => join.ConnectionId), served.OrderBy(join => join.ConnectionId));

            void Step()
            {
                if (asked is { } arrives)
                {
                    served.AddRange(snapshots.Arrived(arrives, now).Joins.Select(waiting => waiting.Join));
                }

                asked = snapshots.Ask(now);
                if (asked is { } group)
                {
                    Assert.True(now - lastAsked.GetValueOrDefault(group) >= Second);
                    lastAsked[group] = now;
                }
            }
        });

    private Join Add(string league, double seconds)
    {
        var join = new Join(1, new RecordingSocket(), Subscription(Group(league)));
        _snapshots.For(join.Subscription.Group, At(seconds)).Add(join, ActorRefs.Nobody);
        return join;
    }

    private GroupKey? Ask(double seconds) => _snapshots.Ask(At(seconds));

    private static Moment At(double seconds) => Given.Now + TimeSpan.FromSeconds(seconds);

    private static Subscription Subscription(GroupKey group) => new(group.Filter, group.Conflate, Extras.Prices);

    private static GroupKey Group(string league) => new(new EventFilter { League = AnyOf.The(league) }, TimeSpan.Zero, Extras.Prices);
}
