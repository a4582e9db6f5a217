using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.State;
using PushNet.Tests.EndToEnd;
using static PushNet.Tests.State.ObedientJournal;

namespace PushNet.Tests.State;

public sealed class UnwritableGameStateTests : DurableGameStateTest
{
    [Fact]
    public async Task A_write_that_fails_is_not_acknowledged_and_the_board_is_read_back_for_all()
    {
        await Send(Given.Seen(Given.Game("kept")));
        await TellJournal(Order.Fail);
        var feed = CreateTestProbe();

        var refused = await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("lost"))));
        GameState.Tell(Given.Group(Given.Seen(Given.Game("waits"))) with { CanWait = true }, feed);
        var late = await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("late"))));

        Assert.Equal("observations can't be written: no space left on device", refused.Message);
        Assert.Equal(refused.Message, late.Message);
        Assert.Equal(refused.Message, (await Status()).Fault);
        await feed.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));

        await TellJournal(Order.Heal);

        Assert.Equal(1, (await feed.ExpectMsgAsync<LinesReceipt>(TimeSpan.FromSeconds(10))).Counts.Applied);
        await Odds.FishForMessageAsync(message => message is BoardReset);
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
        await Odds.FishForMessageAsync(message => message is BoardReset, TimeSpan.FromSeconds(10));
        Assert.Equal(1, (await Send(Given.Seen(Given.Game("more")))).Counts.Applied);
    }

    [Fact]
    public async Task The_reason_of_a_database_is_not_for_everybody()
    {
        Settings = Settings with { TellsReasons = false };
        await Restart();
        await Send(Given.Seen(Given.Game()));
        await TellJournal(Order.Fail);

        var refused = await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("lost"))));

        Assert.Equal("observations can't be written: the database can't be used; the log says why", refused.Message);
    }

    [Fact]
    public async Task No_game_is_removed_while_the_board_can_not_be_written()
    {
        await Send(Given.Seen(Given.Game("g1")));
        await TellJournal(Order.Fail);
        await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("lost"))));

        await Assert.ThrowsAsync<BoardUnavailableException>(() => GameState.Ask<GameRemoved>(new RemoveGame("g1")));
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
        GameState.Tell(Given.Group(Given.Price(100m, game: "over")) with { CanWait = true }, waiting);

        await TellJournal(Order.Heal);
        Assert.Equal(1, (await waiting.ExpectMsgAsync<LinesReceipt>(TimeSpan.FromSeconds(10))).Counts.Applied);
        await Restart();

        Assert.Equal(1, (await Send(Given.Price(100m, game: "over"))).Counts.Unchanged);
    }

    [Fact]
    public async Task A_stopping_server_lets_nobody_wait_for_the_journal()
    {
        await GameState.Ask<BoardStatus>(new GetBoardStatus());
        await TellJournal(Order.Fail);
        await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game("lost"))));
        var (early, late) = (CreateTestProbe(), CreateTestProbe());

        GameState.Tell(Given.Group(Given.Seen(Given.Game())) with { CanWait = true }, early);
        GameState.Tell(new StopWaiting());
        GameState.Tell(Given.Group(Given.Seen(Given.Game())) with { CanWait = true }, late);

        Assert.IsType<BoardUnavailableException>((await early.ExpectMsgAsync<Status.Failure>()).Cause);
        Assert.IsType<BoardUnavailableException>((await late.ExpectMsgAsync<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task A_stopping_server_refuses_what_comes_too_late()
    {
        await GameState.Ask<BoardStopped>(new StopBoard());

        await Assert.ThrowsAsync<BoardUnavailableException>(() => Send(Given.Seen(Given.Game())));
    }
}
