using Akka.Actor;
using Akka.Persistence;
using Akka.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;
using PushNet.Tests.EndToEnd;
using static PushNet.Tests.State.ObedientJournal;

namespace PushNet.Tests.State;

public sealed class DurableGameStateTests : ActorTest
{
    private JournalSettings _settings = new()
    {
        MinBackOff = TimeSpan.FromMilliseconds(50),
        MaxBackOff = TimeSpan.FromMilliseconds(100),
        SnapshotInterval = 5,
    };
    private readonly TestProbe _odds;
    private IActorRef _gameState;

    public DurableGameStateTests()
        : base(more: ObedientJournal.Configuration)
    {
        _odds = CreateTestProbe();
        _gameState = Start();
    }

    [Fact]
    public async Task Events_go_out_at_once_and_only_the_acknowledgement_waits_for_the_commit()
    {
        await _gameState.Ask<BoardStatus>(new GetBoardStatus());
        await TellJournal(Order.Hold);
        var source = CreateTestProbe();

        _gameState.Tell(Given.Group(Given.Seen(Given.Game())), source);

        await _odds.ExpectMsgAsync<Publish>();
        await source.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        await TellJournal(Order.Release);
        Assert.Equal(1, (await source.ExpectMsgAsync<LinesReceipt>()).Counts.Applied);
    }

    [Fact]
    public async Task All_that_comes_while_one_commit_is_on_its_way_is_the_next()
    {
        await _gameState.Ask<BoardStatus>(new GetBoardStatus());
        var before = await TellJournal(Order.Hold);
        var source = CreateTestProbe();
        for (var i = 0; i < 20; i++)
        {
            _gameState.Tell(Given.Group(Given.Seen(Given.Game($"g{i}"))), source);
        }

        await Receive(_odds, 20);
        await TellJournal(Order.Release);
        await Receive(source, 20);

        Assert.Equal(before + 2, await TellJournal(Order.CountWrites));
    }

    [Fact]
    public async Task What_is_unchanged_by_a_group_that_is_not_written_waits_for_it()
    {
        await _gameState.Ask<BoardStatus>(new GetBoardStatus());
        await TellJournal(Order.Hold);
        var (first, second) = (CreateTestProbe(), CreateTestProbe());

        _gameState.Tell(Given.Group(Given.Seen(Given.Game(), ts: 100)), first);
        _gameState.Tell(Given.Group(Given.Seen(Given.Game(), ts: 99)), second);

        await second.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        await TellJournal(Order.Release);
        Assert.Equal(1, (await second.ExpectMsgAsync<LinesReceipt>()).Counts.Stale);
    }

    [Fact]
    public async Task A_restart_reads_the_board_back_with_marks_and_withdrawals()
    {
        for (var i = 0; i < 20; i++)
        {
            await Send(Given.Seen(Given.Game("g1"), ts: 100 + i), Given.Price(100m + i, ts: 200), Given.Price(5m, outcome: "gone"),
                Given.Price(null, outcome: "gone", ts: 300));
        }

        await Restart();

        var again = await Send(Given.Seen(Given.Game("g1"), ts: 118), Given.Price(1m, ts: 199), Given.Price(1m, outcome: "gone", ts: 299),
            Given.Price(119m, ts: 200));
        Assert.Equal(new ObservationCounts(0, 1, 3, 0), again.Counts);
    }

    [Fact]
    public async Task Seq_goes_on_after_a_stop_and_jumps_after_a_crash()
    {
        await Send(Given.Seen(Given.Game()));
        await _gameState.Ask<BoardStopped>(new StopBoard());
        await Restart();
        Assert.Equal(1, (await Status()).Seq);

        await Restart();
        Assert.Equal(1_000_001, (await Status()).Seq);

        await Restart();
        Assert.Equal(2_000_001, (await Status()).Seq);
    }

    [Fact]
    public async Task The_demo_is_never_written_and_waits_for_nothing()
    {
        await Send(Given.Seen(Given.Game("real")));
        await TellJournal(Order.Hold);

        var receipt = await _gameState.Ask<LinesReceipt>(
            Given.Group(Given.Seen(Given.Game("demo"))) with { IsDemo = true }, TimeSpan.FromSeconds(10));
        Assert.Equal(1, receipt.Counts.Applied);
        await TellJournal(Order.Release);
        await _gameState.Ask<BoardStopped>(new StopBoard());
        await Restart();

        Assert.Equal((1, 2L), ((await Status()).Games, (await Status()).Seq));
    }

    [Fact]
    public async Task A_write_that_fails_is_not_acknowledged_and_the_board_is_read_back_for_all()
    {
        await Send(Given.Seen(Given.Game("kept")));
        await TellJournal(Order.Fail);
        var feed = CreateTestProbe();

        var refused = await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("lost"))));
        _gameState.Tell(Given.Group(Given.Seen(Given.Game("waits"))) with { CanWait = true }, feed);
        var late = await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("late"))));

        Assert.Equal("observations can't be written: no space left on device", refused.Message);
        Assert.Equal(refused.Message, late.Message);
        Assert.Equal(refused.Message, (await Status()).Fault);
        await feed.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));

        await TellJournal(Order.Heal);

        Assert.Equal(1, (await feed.ExpectMsgAsync<LinesReceipt>(TimeSpan.FromSeconds(10))).Counts.Applied);
        await _odds.FishForMessageAsync(message => message is BoardReset);
        var status = await Status();
        Assert.Equal((2, null), (status.Games, status.Fault));
        Assert.True(status.Seq > 1_000_000);
    }

    [Fact]
    public async Task A_board_that_can_be_read_and_not_written_is_there_at_the_start()
    {
        await Send(Given.Seen(Given.Game("kept")));
        await TellJournal(Order.Fail);

        await Restart();

        var status = await Status();
        Assert.Equal((true, 1, "observations can't be written: no space left on device"), (status.IsThere, status.Games, status.Fault));
        await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("lost"))));
        await TellJournal(Order.Heal);
        await _odds.FishForMessageAsync(message => message is BoardReset, TimeSpan.FromSeconds(10));
        Assert.Equal(1, (await Send(Given.Seen(Given.Game("more")))).Counts.Applied);
    }

    [Fact]
    public async Task The_reason_of_a_database_is_not_for_everybody()
    {
        _settings = _settings with { TellsReasons = false };
        await Restart();
        await Send(Given.Seen(Given.Game()));
        await TellJournal(Order.Fail);

        var refused = await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("lost"))));

        Assert.Equal("observations can't be written: the database can't be used; the log says why", refused.Message);
    }

    [Fact]
    public async Task A_game_that_was_removed_does_not_come_back()
    {
        await Send(Given.Seen(Given.Game("g1")), Given.Seen(Given.Game("g2")));
        await _gameState.Ask<GameRemoved>(new RemoveGame("g1"));
        await _gameState.Ask<BoardStopped>(new StopBoard());

        await Restart();

        Assert.Equal(1, (await Status()).Games);
        Assert.Equal(1, (await Send(Given.Price(100m, game: "g1"))).Counts.Rejected);
    }

    [Fact]
    public async Task No_game_is_removed_while_the_board_can_not_be_written()
    {
        await Send(Given.Seen(Given.Game("g1")));
        await TellJournal(Order.Fail);
        await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("lost"))));

        await Assert.ThrowsAsync<BoardUnavailableException>(() => _gameState.Ask<GameRemoved>(new RemoveGame("g1")));
    }

    [Fact]
    public async Task A_game_that_left_while_nothing_could_be_written_is_not_lost_with_what_came_after()
    {
        await Send(Given.Seen(Given.Game("over", GameStatus.Final)));
        await TellJournal(Order.Fail);
        await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("lost"))));
        Time.Advance(TimeSpan.FromDays(2));
        await Eventually.True(async () => (await Status()).Games == 1);
        var waiting = CreateTestProbe();
        _gameState.Tell(Given.Group(Given.Price(100m, game: "over")) with { CanWait = true }, waiting);

        await TellJournal(Order.Heal);
        Assert.Equal(1, (await waiting.ExpectMsgAsync<LinesReceipt>(TimeSpan.FromSeconds(10))).Counts.Applied);
        await Restart();

        Assert.Equal(1, (await Send(Given.Price(100m, game: "over"))).Counts.Unchanged);
    }

    [Fact]
    public async Task A_stopping_server_lets_nobody_wait_for_the_journal()
    {
        await _gameState.Ask<BoardStatus>(new GetBoardStatus());
        await TellJournal(Order.Fail);
        await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("lost"))));
        var (early, late) = (CreateTestProbe(), CreateTestProbe());

        _gameState.Tell(Given.Group(Given.Seen(Given.Game())) with { CanWait = true }, early);
        _gameState.Tell(new StopWaiting());
        _gameState.Tell(Given.Group(Given.Seen(Given.Game())) with { CanWait = true }, late);

        Assert.IsType<BoardUnavailableException>((await early.ExpectMsgAsync<Status.Failure>()).Cause);
        Assert.IsType<BoardUnavailableException>((await late.ExpectMsgAsync<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task A_stopping_server_refuses_what_comes_too_late()
    {
        await _gameState.Ask<BoardStopped>(new StopBoard());

        await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game())));
    }

    private static async Task Receive(TestProbe probe, int count)
    {
        await foreach (var _ in probe.ReceiveNAsync(count, TimeSpan.FromSeconds(10)))
        {
        }
    }

    private IActorRef Start()
    {
        var gameState = Sys.ActorOf(Props.Create(() =>
            new GameStateActor(
                Given.Limits, new PublishedBoard(), new FrameEncoder(), Time, NullLogger<GameStateActor>.Instance, _settings)));
        gameState.Tell(new RegisterPublisher(PushChannel.Odds, _odds));
        return gameState;
    }

    private async Task Restart()
    {
        var end = CreateTestProbe();
        await end.WatchAsync(_gameState);
        Sys.Stop(_gameState);
        await end.ExpectTerminatedAsync(_gameState);
        _gameState = Start();
    }

    private async Task<LinesReceipt> Send(params Observation[] observations) =>
        await _gameState.Ask<LinesReceipt>(Given.Group(observations), TimeSpan.FromSeconds(10));

    private async Task<BoardStatus> Status() => await _gameState.Ask<BoardStatus>(new GetBoardStatus(), TimeSpan.FromSeconds(10));

    private Task<int> TellJournal(Order order) => Persistence.Instance.Apply(Sys).JournalFor("").Ask<int>(order, TimeSpan.FromSeconds(10));
}
