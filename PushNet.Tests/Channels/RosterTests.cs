using Akka.Actor;
using Akka.TestKit;
using PushNet.Actors.Channels;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels;

public sealed class RosterTests : ActorTest
{
    private readonly Roster _roster = new(null);

    [Fact]
    public async Task Everybody_is_told_but_who_left()
    {
        var probes = Add(5);
        _roster.Remove(probes[1]);
        _roster.Remove(probes[4]);
        _roster.Remove(probes[1]);

        _roster.Tell("hello", 1);

        Assert.Equal(3, _roster.Count);
        foreach (var here in new[] { probes[0], probes[2], probes[3] })
        {
            await here.ExpectMsgAsync("hello");
        }

        Assert.False(probes[1].HasMessages || probes[4].HasMessages);
    }

    [Fact]
    public void All_are_told_in_one_round_which_ends_then()
    {
        var rounds = new CountedRounds();
        var roster = new Roster(rounds);
        roster.Add(CreateTestProbe(), DropCounts.None);

        roster.Tell("hello", 1);
        roster.Tell("again", 1);

        Assert.Equal((2, 2), (rounds.Begun, rounds.Ended));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_large_roster_is_told_in_two_rounds_at_once_one_message_after_the_other(int events)
    {
        var rounds = new CountedRounds();
        var roster = new Roster(rounds);
        Listener[] listeners = [.. Enumerable.Range(0, 5000).Select(number => new Listener(TestActor.Path / $"{number}"))];
        foreach (var listener in listeners)
        {
            roster.Add(listener, DropCounts.None);
        }

        FrameBatch[] batches = [.. Enumerable.Range(0, 20).Select(number => Given.Batch(Given.Events(1 + (number * events), events)))];
        foreach (var batch in batches)
        {
            roster.Tell(batch, batch.Bytes.Length);
        }

        Assert.All(listeners, listener => Assert.Equal(batches, listener.Heard));
        Assert.Equal((40, 40), (rounds.Begun, rounds.Ended));
    }

    [Fact]
    public async Task Who_missed_the_same_is_told_by_the_same_message_and_who_joined_later_of_the_rest_only()
    {
        var early = Add(2);
        var half = DropCounts.None.Plus(Given.Events(1, 3));
        var late = CreateTestProbe();
        _roster.Add(late, half);
        var made = new List<long>();

        _roster.TellMissed(half.Plus(Given.Events(4, 2)), missed =>
        {
            made.Add(missed.Total);
            return missed;
        });

        Assert.Equal([5L, 2L], made);
        var first = await early[0].ExpectMsgAsync<DropCounts>();
        Assert.Same(first, await early[1].ExpectMsgAsync<DropCounts>());
        Assert.Equal(2, (await late.ExpectMsgAsync<DropCounts>()).Total);
    }

    [Fact]
    public void What_was_told_is_not_told_again()
    {
        Add(2);
        var dropped = DropCounts.None.Plus(Given.Events(1, 3));
        _roster.TellMissed(dropped, missed => missed);

        _roster.TellMissed(dropped, _ => throw new InvalidOperationException("told again"));
    }

    private TestProbe[] Add(int count)
    {
        TestProbe[] probes = [.. Enumerable.Range(0, count).Select(_ => CreateTestProbe())];
        foreach (var probe in probes)
        {
            _roster.Add(probe, DropCounts.None);
        }

        return probes;
    }

    private sealed class CountedRounds : IWriteRounds
    {
        private int _begun;
        private int _ended;

        public int Begun => _begun;

        public int Ended => _ended;

        public WriteRound Begin()
        {
            Interlocked.Increment(ref _begun);
            return new FakeRound(() => Interlocked.Increment(ref _ended));
        }
    }

    // A probe for each of thousands would mean an actor and a queue for each.
    private sealed class Listener(ActorPath path) : MinimalActorRef
    {
        public List<object> Heard { get; } = [];

        public override ActorPath Path => path;

        public override IActorRefProvider Provider => throw new NotSupportedException();

        protected override void TellInternal(object message, IActorRef sender) => Heard.Add(message);
    }
}
