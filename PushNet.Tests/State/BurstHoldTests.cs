using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Clock;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Tests.State;

public sealed class BurstHoldTests : ActorTest
{
    private const int Bound = 64;
    private const int BoundOfSource = 16;

    private static readonly TimeSpan MaxHold = TimeSpan.FromSeconds(2);
    private static readonly ObserveLines Lines = Given.Group(Given.Price(110m)) with { Source = "a" };

    private readonly BurstHold _hold;
    private readonly ChannelBacklog _live;
    private readonly ChannelBacklog _odds;
    private long _seq;
    private int _relieved;

    public BurstHoldTests()
    {
        (_live, _odds) = (new ChannelBacklog(() => { }), new ChannelBacklog(() => _relieved++));
        _hold = new BurstHold(new HoldSettings(MaxHold, 4 * Bound), PushMetrics.Of(Sys));
        _hold.Watch([_live, _odds]);
    }

    [Fact]
    public void A_source_waits_while_more_than_the_bound_is_pending_and_is_taken_again_in_order_when_it_is_not()
    {
        Tell("a", Bound);
        Assert.False(Holds("a"));
        Tell("a", 1);

        var groups = Enumerable.Range(0, 3).Select(_ => Lines with { }).ToList();
        Assert.All(groups, group => Assert.True(_hold.TryHold(group, Nobody.Instance, Given.Now)));
        Assert.Null(_hold.Release(Given.Now));

        Left(1);
        Assert.Equal(1, _relieved);
        Assert.Same(groups[0], _hold.Release(Given.Now)!.Group);
        Tell("a", 1);
        Assert.Null(_hold.Release(Given.Now));

        Left(Bound + 1);
        Assert.Equal(2, _relieved);
        Assert.Equal(groups[1..], [_hold.Release(Given.Now)!.Group, _hold.Release(Given.Now)!.Group]);
        Assert.Null(_hold.Release(Given.Now));
        Assert.Null(_hold.TimeLeft(Given.Now));
        Assert.False(Holds("a"));
    }

    [Fact]
    public void A_source_that_has_little_pending_overtakes()
    {
        Tell("b", BoundOfSource);
        Tell("a", Bound);
        Assert.True(Holds("a"));

        Assert.False(Holds("b"));
        Tell("b", 1);
        Assert.True(Holds("b"));

        // Whatever was told first has left first.
        Left(1);
        Assert.False(Holds("c"));
    }

    [Fact]
    public void Sources_are_taken_by_turns()
    {
        Tell("a", Bound);
        Tell("b", Bound);
        Assert.All((string[])["a", "a", "b", "b"], source => Assert.True(Holds(source)));

        Left((2 * Bound) - 1);
        Assert.True(_odds.IsBurst);
        Left(1);
        Assert.False(_odds.IsBurst);

        Assert.Equal(["a", "b", "a", "b"], Enumerable.Range(0, 4).Select(_ => _hold.Release(Given.Now)!.Group.Source));
    }

    [Fact]
    public void When_the_time_is_spent_nobody_waits_until_nothing_was_pending_once()
    {
        Tell("a", 2 * Bound);
        Assert.True(Holds("a"));
        Assert.Equal(MaxHold, _hold.TimeLeft(Given.Now));
        Left(Bound);
        Assert.NotNull(_hold.Release(Given.Now + (MaxHold / 2)));

        Tell("a", Bound);
        Assert.True(Holds("a", Given.Now + MaxHold));
        Assert.Equal(MaxHold / 2, _hold.TimeLeft(Given.Now + MaxHold));
        var spent = Given.Now + (MaxHold * 1.5);
        Assert.NotNull(_hold.Release(spent));
        Assert.False(Holds("a", spent));
        Assert.False(_odds.IsBurst);

        Left((2 * Bound) - 1);
        Tell("a", 2 * Bound);
        Assert.False(Holds("a", spent));

        Left((2 * Bound) + 1);
        Tell("a", 2 * Bound);
        Assert.True(Holds("a", spent));
        Assert.Equal(MaxHold, _hold.TimeLeft(spent));
    }

    [Fact]
    public void A_hold_in_which_nothing_was_pending_once_has_all_its_time_again()
    {
        Tell("a", 2 * Bound);
        Assert.True(Holds("a"));
        Assert.True(Holds("a"));
        Left(2 * Bound);
        var later = Given.Now + (MaxHold / 2);
        Assert.NotNull(_hold.Release(later));

        Tell("a", 2 * Bound, later);

        Assert.Equal(MaxHold, _hold.TimeLeft(later));
    }

    [Fact]
    public void Any_publisher_can_make_a_source_wait_and_all_must_have_sent_everything()
    {
        Tell("a", 2 * Bound);
        _odds.Left(2 * Bound, _seq);
        _live.Told(2 * Bound);
        Tell("a", 2 * Bound);
        _odds.Left(2 * Bound, _seq);

        Assert.True(Holds("a"));
        _live.Left(2 * Bound, _seq);
        Assert.NotNull(_hold.Release(Given.Now));
    }

    [Fact]
    public void A_time_of_zero_and_a_stop_let_nobody_wait()
    {
        Tell("a", 2 * Bound);
        Assert.True(Holds("a"));
        _hold.Stop();
        Assert.NotNull(_hold.Release(Given.Now));
        Left(2 * Bound);
        Tell("a", 2 * Bound);
        Assert.False(Holds("a"));

        var never = new BurstHold(HoldSettings.None, PushMetrics.Of(Sys));
        never.Watch([_odds]);
        never.Tell("a", 2 * Bound, ++_seq, Given.Now);
        Assert.False(never.TryHold(Lines, Nobody.Instance, Given.Now));
    }

    [Fact]
    public async Task The_game_state_takes_nothing_of_a_source_until_its_publisher_is_relieved_and_another_source_overtakes()
    {
        var (gameState, publisher) = await BusyGameState(TimeSpan.FromDays(1));
        var behind = gameState.Ask<LinesReceipt>(Prices(1));
        var goal = await gameState.Ask<LinesReceipt>(
            Given.Group(Given.Seen(Given.Game(scores: Given.Scores(home: 2)))) with { Source = "b" });

        Assert.Equal(1, goal.Counts.Applied);
        Assert.False(behind.IsCompleted);
        publisher.Left(2 * Bound, _seq);
        gameState.Tell(Relieved.Instance);
        Assert.Equal(1, (await behind).Counts.Applied);
    }

    [Theory]
    [InlineData(0.05, false)]
    [InlineData(86_400, true)]
    public async Task The_game_state_takes_it_also_when_the_time_is_spent_and_when_the_server_stops(double maxHold, bool stops)
    {
        var (gameState, _) = await BusyGameState(TimeSpan.FromSeconds(maxHold));
        var behind = gameState.Ask<LinesReceipt>(Prices(1));
        if (stops)
        {
            gameState.Tell(new StopWaiting());
        }

        Assert.Equal(1, (await behind).Counts.Applied);
    }

    private async Task<(IActorRef GameState, ChannelBacklog Publisher)> BusyGameState(TimeSpan maxHold)
    {
        var gameState = Sys.ActorOf(Props.Create(() => new GameStateActor(
            Given.Limits, new PublishedBoard(), new FrameEncoder(), TimeProvider.System, NullLogger<GameStateActor>.Instance, null,
            new HoldSettings(maxHold, 4 * Bound))));
        var publisher = new ChannelBacklog(() => { });
        gameState.Tell(new RegisterPublisher(PushChannel.Odds, Nobody.Instance, publisher));
        await gameState.Ask<LinesReceipt>(Given.Group(Given.Seen(Given.Game())) with { Source = "a" });
        await gameState.Ask<LinesReceipt>(Prices(2 * Bound));
        _seq = 1 + (2 * Bound);
        return (gameState, publisher);
    }

    private static ObserveLines Prices(int count) =>
        Given.Group(Enumerable.Range(0, count).Select(i => Given.Price(110m, $"{count} {i}"))) with { Source = "a" };

    private bool Holds(string source, Moment? now = null) =>
        _hold.TryHold(Lines with { Source = source }, Nobody.Instance, now ?? Given.Now);

    private void Tell(string source, int events, Moment? now = null)
    {
        _hold.Tell(source, events, _seq += events, now ?? Given.Now);
        _odds.Told(events);
    }

    private void Left(int events) => _odds.Left(events, _seq - _odds.Pending + events);
}
